// Starts a program on a pseudo-terminal of its own. In C because between fork and exec a process of
// many threads may call nothing of the Swift runtime. It serves the tests of whole programs;
// how a process has ended, the editor outside, too.

#pragma once

#include <sys/types.h>

/// Runs a program in a new session, with a new terminal as its controlling one.
///
/// The terminal's other side closes on exec, unlike forkpty's: a program that was started beside
/// this one must not keep its terminal open.
///
/// @param directory where it starts; NULL for here
/// @param terminal receives the descriptor of the terminal's other side
/// @param leader receives the process that leads the session: to be killed and waited for when the
///   program has ended and all that it wrote has been read
/// @return the process, or -1 with errno
pid_t spawn_on_terminal(
    const char *path, char *const arguments[], char *const environment[], const char *directory,
    int width, int height, int *terminal, pid_t *leader);

/// A descriptor that can be read once a process has ended (pidfd_open(2)); -1 with errno.
int open_process(pid_t process);

/// The status of a process that has ended: its exit status, or minus the signal that killed it.
///
/// @return whether it has ended; `status` is set only then
int has_ended(pid_t process, int *status);
