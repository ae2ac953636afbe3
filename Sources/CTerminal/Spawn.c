#define _GNU_SOURCE
#include "Spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Leads the terminal's session until its window is closed, as a shell does. When a leader ends, the
// kernel throws away what has been written and not yet read; so the program itself is none. It is
// started as a child of our parent, which is who waits for it.
static void lead(
    const char *path, char *const arguments[], char *const environment[], const char *directory,
    const char *terminal, int report) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  setsid();
  // The first terminal that a session's leader opens is its controlling one.
  int descriptor = open(terminal, O_RDWR);
  if (descriptor < 0) _exit(126);
  for (int standard = 0; standard < 3; standard++) dup2(descriptor, standard);
  if (descriptor > 2) close(descriptor);
  pid_t program = (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, 0);
  if (program == 0) {
    if (directory != NULL && chdir(directory) != 0) _exit(126);
    execve(path, arguments, environment);
    _exit(127);
  }
  if (write(report, &program, sizeof program) < 0) _exit(126);
  // Keys that send signals mean the program.
  signal(SIGINT, SIG_IGN);
  signal(SIGQUIT, SIG_IGN);
  signal(SIGTSTP, SIG_IGN);
  close_range(0, ~0U, 0);
  while (1) pause();
}

pid_t spawn_on_terminal(
    const char *path, char *const arguments[], char *const environment[], const char *directory,
    int width, int height, int *terminal, pid_t *leader) {
  char name[64];
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return -1;
  *terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  struct winsize size = {.ws_col = (unsigned short)width, .ws_row = (unsigned short)height};
  pid_t program = -1;
  *leader = -1;
  if (*terminal >= 0 && grantpt(*terminal) == 0 && unlockpt(*terminal) == 0 &&
      ptsname_r(*terminal, name, sizeof name) == 0 && ioctl(*terminal, TIOCSWINSZ, &size) == 0)
    *leader = fork();
  if (*leader == 0) lead(path, arguments, environment, directory, name, report[1]);
  int error = errno;
  close(report[1]);
  if (*leader > 0 && read(report[0], &program, sizeof program) != sizeof program) {
    kill(*leader, SIGKILL);
    waitpid(*leader, NULL, 0);
    program = -1;
    error = EIO;
  }
  close(report[0]);
  if (program < 0 && *terminal >= 0) close(*terminal);
  errno = error;
  return program;
}

int open_process(pid_t process) { return pidfd_open(process, 0); }

int has_ended(pid_t process, int *status) {
  int word;
  if (waitpid(process, &word, WNOHANG) != process) return 0;
  *status = WIFSIGNALED(word) ? -WTERMSIG(word) : WEXITSTATUS(word);
  return 1;
}
