#define _GNU_SOURCE
#include "Spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(
    const char *path, char *const arguments[], char *const environment[], const char *directory,
    const char *terminal) {
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
  if (directory != NULL && chdir(directory) != 0) _exit(126);
  execve(path, arguments, environment);
}

pid_t spawn_on_terminal(
    const char *path, char *const arguments[], char *const environment[], const char *directory,
    int width, int height, int *terminal) {
  char name[64];
  *terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (*terminal < 0) return -1;
  struct winsize size = {.ws_col = (unsigned short)width, .ws_row = (unsigned short)height};
  pid_t process = -1;
  if (grantpt(*terminal) == 0 && unlockpt(*terminal) == 0 &&
      ptsname_r(*terminal, name, sizeof name) == 0 && ioctl(*terminal, TIOCSWINSZ, &size) == 0)
    process = fork();
  if (process == 0) {
    become(path, arguments, environment, directory, name);
    _exit(127);
  }
  if (process < 0) close(*terminal);
  return process;
}

int open_process(pid_t process) { return pidfd_open(process, 0); }

int has_ended(pid_t process, int *status) {
  int word;
  if (waitpid(process, &word, WNOHANG) != process) return 0;
  *status = WIFSIGNALED(word) ? -WTERMSIG(word) : WEXITSTATUS(word);
  return 1;
}
