// Processes beside the program, for which Swift imports too little of the system: GNU's parts of
// posix_spawn(3), process descriptors, and the macros of wait(2).

#pragma once

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

/// Waits for the end of a process, and forgets it.
///
/// @return the exit status; minus the signal's number when one ended it
int process_reap(pid_t process);
