#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int spawn(
    pid_t *process, char *const arguments[], char *const environment[], int input, int output,
    int errors) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t signals;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  if (input >= 0) {
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  if (errors >= 0) {
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  int error = posix_spawnp(process, arguments[0], &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int process_start_shell(
    struct process *process, const char *command, char *const environment[]) {
  char *const arguments[] = {"/bin/sh", "-c", (char *)command, NULL};
  return process_start(process, arguments, environment, -1);
}

static int start(
    struct process *process, char *const arguments[], char *const environment[], int input,
    int errors) {
  int output[2];
  if (pipe2(output, O_CLOEXEC) != 0) return errno;
  // Our end doesn't block; the command's own is as it expects it.
  fcntl(output[0], F_SETFL, O_NONBLOCK);
  int error = spawn(&process->id, arguments, environment, input, output[1], errors);
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

int process_start(
    struct process *process, char *const arguments[], char *const environment[], int input) {
  return start(process, arguments, environment, input, -1);
}

int process_start_heard(
    struct process *process, char *const arguments[], char *const environment[], int input,
    int *errors) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  int error = start(process, arguments, environment, input, ends[1]);
  close(ends[1]);
  if (error != 0) close(ends[0]);
  *errors = ends[0];
  return error;
}

int process_input(const void *bytes, size_t count) {
  int file = memfd_create("input", MFD_CLOEXEC);
  if (file < 0) return -1;
  for (size_t written = 0; written < count;) {
    ssize_t part = write(file, (const char *)bytes + written, count - written);
    if (part < 0 && errno == EINTR) continue;
    if (part <= 0) {
      int error = errno;
      close(file);
      errno = error;
      return -1;
    }
    written += part;
  }
  lseek(file, 0, SEEK_SET);
  return file;
}

int process_limit(pid_t process, size_t memory, unsigned int seconds) {
  const struct rlimit data = {memory, memory}, time = {seconds, seconds}, core = {0, 0};
  if (prlimit(process, RLIMIT_DATA, &data, NULL) != 0) return errno;
  if (prlimit(process, RLIMIT_CPU, &time, NULL) != 0) return errno;
  return prlimit(process, RLIMIT_CORE, &core, NULL) == 0 ? 0 : errno;
}

int process_reap(pid_t process) {
  int word = 0;
  while (waitpid(process, &word, 0) < 0 && errno == EINTR) {}
  return WIFSIGNALED(word) ? -WTERMSIG(word) : WEXITSTATUS(word);
}
