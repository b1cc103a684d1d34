/*
 * Stands between a process and its disk (LD_PRELOAD). It writes down, in order, what is done to the
 * files of one directory, and lets calls fail where it is told to.
 *
 *   DISK_DIRECTORY  the directory, as the kernel writes it; what lies below it is not looked at
 *   DISK_LOG        where it is written down: no log without it
 *   DISK_FAULT      a file with one line "<call> <file's name or *> <errno> <first> <every>": from the
 *                   first such call on (counted from 0) one fails, and then each <every>-th, with 0 no
 *                   other; no fault without the file. A line with other words counts from 0 again.
 *
 * A record: operation (1 byte), length of the name (4), offset (8), length of the data (4), name,
 * data; numbers in the machine's order. Operations: w write, t truncate (offset is the size), s sync,
 * e sync that failed, d sync of the directory, u unlink, r rename (data is the new name).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The shared memory is made anew after a crash. */
static const char SHARED_MEMORY[] = "-shm";

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* The name below the directory; empty for the directory itself; NULL for whatever else. */
static const char *watched(const char *path) {
  const char *directory = getenv("DISK_DIRECTORY");
  size_t length = directory == NULL ? 0 : strlen(directory);
  if (length == 0 || strncmp(path, directory, length) != 0) return NULL;
  if (path[length] == '\0') return path + length;
  const char *name = path + length + 1;
  size_t rest = strlen(name);
  size_t ending = sizeof SHARED_MEMORY - 1;
  int is_memory = rest > ending && strcmp(name + rest - ending, SHARED_MEMORY) == 0;
  return path[length] != '/' || strchr(name, '/') != NULL || is_memory ? NULL : name;
}

static const char *name_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return NULL;
  path[length] = '\0';
  return watched(path);
}

static void put(const void *data, size_t length) {
  const char *from = data;
  while (length > 0) {
    ssize_t written = syscall(SYS_write, log_fd, from, length);
    if (written <= 0) abort();
    from += written;
    length -= (size_t)written;
  }
}

static void record(char operation, const char *name, int64_t offset, const void *data, uint32_t length) {
  const char *path = getenv("DISK_LOG");
  if (path == NULL) return;
  if (log_fd < 0) log_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log_fd < 0) abort();
  uint32_t name_length = (uint32_t)strlen(name);
  put(&operation, 1);
  put(&name_length, sizeof name_length);
  put(&offset, sizeof offset);
  put(&length, sizeof length);
  put(name, name_length);
  put(data, length);
}

/* Whether this call is to fail; errno is set then. */
static int fails(const char *call, const char *name) {
  static char last[256];
  static long seen;
  const char *path = getenv("DISK_FAULT");
  int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  char line[sizeof last] = "";
  ssize_t length = read(fd, line, sizeof line - 1);
  close(fd);
  if (length <= 0) return 0;
  if (strcmp(line, last) != 0) {
    strcpy(last, line);
    seen = 0;
  }
  char which[32], file[128];
  int error;
  long first, every;
  if (sscanf(line, "%31s %127s %d %ld %ld", which, file, &error, &first, &every) != 5) return 0;
  if (strcmp(which, call) != 0 || (strcmp(file, "*") != 0 && strcmp(file, name) != 0)) return 0;
  long past = seen++ - first;
  if (past < 0 || (every == 0 ? past != 0 : past % every != 0)) return 0;
  errno = error;
  return 1;
}

static ssize_t written(int fd, const void *data, size_t length, int64_t offset, ssize_t (*real)(int, const void *, size_t, int64_t)) {
  char path[PATH_MAX];
  const char *name = name_of(fd, path);
  if (name == NULL || *name == '\0') return real(fd, data, length, offset);
  pthread_mutex_lock(&turn);
  ssize_t result = fails("write", name) ? -1 : real(fd, data, length, offset);
  int error = errno;
  if (result > 0) record('w', name, offset, data, (uint32_t)result);
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

static ssize_t real_pwrite(int fd, const void *data, size_t length, int64_t offset) {
  return REAL(pwrite64)(fd, data, length, offset);
}

static ssize_t real_write(int fd, const void *data, size_t length, int64_t offset) {
  (void)offset;
  return syscall(SYS_write, fd, data, length);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  return written(fd, data, length, offset, real_pwrite);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return written(fd, data, length, offset, real_pwrite);
}

ssize_t write(int fd, const void *data, size_t length) {
  return written(fd, data, length, -1, real_write);
}

static int truncated(int fd, int64_t size) {
  char path[PATH_MAX];
  const char *name = name_of(fd, path);
  if (name == NULL) return REAL(ftruncate64)(fd, size);
  pthread_mutex_lock(&turn);
  int result = fails("truncate", name) ? -1 : REAL(ftruncate64)(fd, size);
  int error = errno;
  if (result == 0) record('t', name, size, "", 0);
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

int ftruncate64(int fd, off64_t size) { return truncated(fd, size); }

int ftruncate(int fd, off_t size) { return truncated(fd, size); }

static int synced(int fd, int (*real)(int)) {
  char path[PATH_MAX];
  const char *name = name_of(fd, path);
  if (name == NULL) return real(fd);
  pthread_mutex_lock(&turn);
  int result = fails("sync", name) ? -1 : real(fd);
  int error = errno;
  record(*name == '\0' ? 'd' : result == 0 ? 's' : 'e', name, 0, "", 0);
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

int fsync(int fd) { return synced(fd, REAL(fsync)); }

int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

int unlink(const char *path) {
  const char *name = watched(path);
  if (name == NULL) return REAL(unlink)(path);
  pthread_mutex_lock(&turn);
  int result = REAL(unlink)(path);
  int error = errno;
  if (result == 0) record('u', name, 0, "", 0);
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

int rename(const char *from, const char *to) {
  const char *name = watched(from);
  const char *new_name = watched(to);
  if (name == NULL || new_name == NULL) return REAL(rename)(from, to);
  pthread_mutex_lock(&turn);
  int result = REAL(rename)(from, to);
  int error = errno;
  if (result == 0) record('r', name, 0, new_name, (uint32_t)strlen(new_name));
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}
