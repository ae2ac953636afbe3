#define _GNU_SOURCE
#include "Signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

// MARK: Signals as bytes on a pipe

static const int reported[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGTSTP};
static struct sigaction before[COUNT(reported)];
static int channel[2] = {-1, -1};

static void report(int number) {
  int error = errno;
  unsigned char byte = (unsigned char)number;
  // A full pipe has news enough.
  if (write(channel[1], &byte, 1) < 0) errno = error;
  errno = error;
}

int signals_open(void) {
  if (pipe2(channel, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  struct sigaction action = {.sa_handler = report, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < COUNT(reported); i++) {
    sigaction(reported[i], NULL, &before[i]);
    if (before[i].sa_handler != SIG_IGN) sigaction(reported[i], &action, NULL);
  }
  return channel[0];
}

void signals_close(void) {
  if (channel[0] < 0) return;
  // A window that closes mostly tells twice: what is left to be saved must outlive the second time.
  struct sigaction ignored = {.sa_handler = SIG_IGN};
  for (size_t i = 0; i < COUNT(reported); i++)
    sigaction(reported[i], reported[i] == SIGHUP ? &ignored : &before[i], NULL);
  // One that came after the last look at the pipe is not lost: it does now what it would do alone.
  unsigned char byte;
  while (read(channel[0], &byte, 1) == 1)
    if (byte == SIGTERM || byte == SIGINT) raise(byte);
  close(channel[0]);
  close(channel[1]);
  channel[0] = channel[1] = -1;
}

void signals_stop_job(void) {
  struct sigaction stop, go, plain = {.sa_handler = SIG_DFL};
  sigaction(SIGTSTP, NULL, &stop);
  if (stop.sa_handler == SIG_IGN) return;
  sigaction(SIGTSTP, &plain, NULL);
  // The caller knows that it goes on, with no SIGCONT on the pipe.
  sigaction(SIGCONT, &plain, &go);
  kill(0, SIGTSTP);
  sigaction(SIGCONT, &go, NULL);
  sigaction(SIGTSTP, &stop, NULL);
}

static const int lent[] = {SIGINT, SIGQUIT};
static struct sigaction before_lending[COUNT(lent)];

void signals_lend(void) {
  struct sigaction ignored = {.sa_handler = SIG_IGN};
  for (size_t i = 0; i < COUNT(lent); i++) sigaction(lent[i], &ignored, &before_lending[i]);
}

void signals_take_back(void) {
  for (size_t i = 0; i < COUNT(lent); i++) sigaction(lent[i], &before_lending[i], NULL);
}

// MARK: The way back

static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGQUIT};
static struct sigaction chained[COUNT(fatal)];
static char farewell[512];
static size_t farewell_count;
static struct termios farewell_modes;
static int farewell_descriptor;
static volatile sig_atomic_t is_armed, is_installed;
// A stack of its own, since the crash may be a stack overflow.
static char crash_stack[64 * 1024];

static void restore(void) {
  if (!is_armed) return;
  is_armed = 0;
  size_t done = 0;
  while (done < farewell_count) {
    ssize_t count = write(farewell_descriptor, farewell + done, farewell_count - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += (size_t)count;
  }
  tcsetattr(farewell_descriptor, TCSANOW, &farewell_modes);
}

static void crash(int number, siginfo_t *info, void *context) {
  (void)context;
  restore();
  for (size_t i = 0; i < COUNT(fatal); i++)
    if (fatal[i] == number) sigaction(number, &chained[i], NULL);
  // A fault happens again when the handler returns, now with whoever handled it before us, and with
  // its true place. A signal that was sent, and a breakpoint, would not.
  if (info->si_code <= 0 || number == SIGTRAP) raise(number);
}

static void install(void) {
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
    stack = (stack_t){.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
    sigaltstack(&stack, NULL);
  }
  struct sigaction action = {.sa_sigaction = crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < COUNT(fatal); i++) sigaction(fatal[i], &action, &chained[i]);
  atexit(restore);
}

void restoration_arm(
    int descriptor, const char *bytes, size_t count, const struct termios *modes) {
  is_armed = 0;
  farewell_descriptor = descriptor;
  farewell_count = count < sizeof farewell ? count : sizeof farewell;
  memcpy(farewell, bytes, farewell_count);
  farewell_modes = *modes;
  if (!is_installed) install();
  is_installed = 1;
  is_armed = 1;
}

void restoration_disarm(void) { is_armed = 0; }
