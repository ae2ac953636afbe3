// Processes beside the program, for which Swift imports too little of the system: GNU's parts of
// posix_spawn(3), process descriptors, and the macros of wait(2).

#pragma once

#include <stddef.h>
#include <sys/types.h>

/// A process, and what there is to wait for. All descriptors are closed on exec.
struct process {
  pid_t id;
  /// Readable once it has ended; it stays to be reaped.
  int end;
  /// What it prints; never blocks. What it prints where errors go is dropped.
  int output;
};

/// Starts a command of /bin/sh with no terminal, no input, no descriptors of ours and all signals as
/// they are by default. It leads a session and a process group of its own.
///
/// @param environment all that the command sees, ended by NULL
/// @return 0, or the errno of what went wrong; then there is nothing to close
int process_start_shell(
    struct process *process, const char *command, char *const environment[]);

/// Starts a program in the same way, without a shell.
///
/// @param arguments the program, found on the PATH, and what it is told; ended by NULL
/// @param input what it reads as its standard input; none where it is negative
int process_start(
    struct process *process, char *const arguments[], char *const environment[], int input);

/// Starts a program in the same way, and keeps what it prints where errors go.
///
/// @param errors is set to what can be read of them; never blocks
/// @return 0, or the errno of what went wrong; then there is nothing to close
int process_start_heard(
    struct process *process, char *const arguments[], char *const environment[], int input,
    int *errors);

/// A file without a name that holds some bytes, to be read from its beginning; closed on exec.
///
/// @return its descriptor; -1, with errno, where there is no room
int process_input(const void *bytes, size_t count);

/// Takes from a process what it may use over, for good: an allocation beyond it fails, a longer
/// computation ends it. It leaves no core.
///
/// @param memory bytes that it may write to
/// @param seconds of the processor's time
/// @return 0, or the errno of what went wrong
int process_limit(pid_t process, size_t memory, unsigned int seconds);

/// Waits for the end of a process, and forgets it.
///
/// @return the exit status; minus the signal's number when one ended it
int process_reap(pid_t process);
