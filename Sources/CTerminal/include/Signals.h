// Signals, and the terminal's way back when the process dies. These are in C because a handler may
// run between any two instructions, where nothing of the Swift runtime may be touched.

#pragma once

#include <stddef.h>
#include <termios.h>

/// Turns SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT and SIGTSTP into bytes on a pipe, the signal's
/// number each; what the process was started to ignore stays ignored.
///
/// @return the pipe's read end, which never blocks; -1 when no pipe can be had
int signals_open(void);

/// Gives the signals back to who had them before.
void signals_close(void);

/// Stops the process group, as a terminal's ^Z does; returns when it goes on.
///
/// Does nothing where stops are ignored, as under a shell with no job control.
void signals_stop_job(void);

/// Ignores SIGINT and SIGQUIT until `signals_take_back`: the keys that send them mean the program
/// that has the terminal.
void signals_lend(void);
void signals_take_back(void);

/// Prepares what exit() and a crash (SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGQUIT)
/// do first: write these bytes to the terminal and set its modes.
///
/// Bytes beyond the first 512 are left out.
void restoration_arm(
    int descriptor, const char *bytes, size_t count, const struct termios *modes);

/// From now on exit and crash leave the terminal alone.
void restoration_disarm(void);
