#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

static int spawn_shell(
    pid_t *process, const char *command, char *const environment[], int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t signals;
  char *const arguments[] = {"/bin/sh", "-c", (char *)command, NULL};
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  int error = posix_spawn(process, arguments[0], &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int process_start_shell(
    struct process *process, const char *command, char *const environment[]) {
  int output[2];
  if (pipe2(output, O_CLOEXEC) != 0) return errno;
  // Our end doesn't block; the command's own is as it expects it.
  fcntl(output[0], F_SETFL, O_NONBLOCK);
  int error = spawn_shell(&process->id, command, environment, output[1]);
  close(output[1]);
  if (error == 0) {
    process->end = pidfd_open(process->id, 0);
    if (process->end < 0) {
      error = errno;
      kill(-process->id, SIGKILL);
      process_reap(process->id);
    }
  }
  if (error != 0) close(output[0]);
  process->output = output[0];
  return error;
}

int process_reap(pid_t process) {
  int word = 0;
  while (waitpid(process, &word, 0) < 0 && errno == EINTR) {}
  return WIFSIGNALED(word) ? -WTERMSIG(word) : WEXITSTATUS(word);
}
