/* What a program does to the files of one folder: recorded call by call, and made to fail at the call that is asked for.

   Loaded with LD_PRELOAD. FAULTS_ROOT is the folder; FAULTS_LOG the record, each entry `op, length of path, offset,
   length of data` (1 + 4 + 8 + 8 bytes, this machine's order), the path, the data; FAULTS_NO_SYNC makes fsync a lie.
   faults_arm says which call from now on fails, and whether all later ones do; faults_kill at which the program dies;
   faults_fail_syncs which syncs fail with EIO; faults_record begins a record. faults_calls and faults_syncs count.
   The record's ops: C created, T cut, W written, S synced, F not synced, N renamed, U removed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES 4096
#define LENGTH 1024
#define NEXT(name) dlsym(RTLD_NEXT, name)

static char root[LENGTH];
static size_t root_length;
static char *path_of[FILES];
static int log_file = -1, error_number = ENOSPC, for_ever, no_sync;
static long fail_at = -1, kill_at = -1, calls, sync_at = -1, sync_times, syncs;

void faults_record(const char *record) {
    int (*next)(const char *, int, ...) = NEXT("open");
    int file = next(record, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
    log_file = fcntl(file, F_DUPFD_CLOEXEC, 900);
}

__attribute__((constructor)) static void start(void) {
    const char *folder = getenv("FAULTS_ROOT"), *record = getenv("FAULTS_LOG");
    if (!folder) return;
    snprintf(root, sizeof root, "%s/", folder);
    root_length = strlen(root);
    no_sync = getenv("FAULTS_NO_SYNC") != NULL;
    if (record) faults_record(record);
}

static void put(const void *data, size_t length) {
    ssize_t (*next)(int, const void *, size_t) = NEXT("write");
    while (length > 0) {
        ssize_t written = next(log_file, data, length);
        if (written <= 0) abort();
        data = (const char *)data + written;
        length -= (size_t)written;
    }
}

static void note(char op, const char *path, int64_t offset, const void *data, uint64_t length) {
    if (log_file < 0) return;
    uint32_t path_length = (uint32_t)strlen(path);
    char head[21];
    head[0] = op;
    memcpy(head + 1, &path_length, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 8);
    put(head, sizeof head);
    put(path, path_length);
    if (data && length) put(data, length);
}

void faults_arm(long at, int number, int always) {
    fail_at = at;
    error_number = number;
    for_ever = always;
    calls = 0;
}

long faults_calls(void) { return calls; }

void faults_kill(long at) {
    kill_at = at;
    calls = 0;
}

void faults_fail_syncs(long at, long times) {
    sync_at = at;
    sync_times = times;
    syncs = 0;
}

long faults_syncs(void) { return syncs; }

static int fails(void) {
    calls++;
    if (calls == kill_at) kill(getpid(), SIGKILL);
    if (fail_at < 0 || calls < fail_at || (calls > fail_at && !for_ever)) return 0;
    errno = error_number;
    return 1;
}

static int watched(const char *path) { return root_length && strncmp(path, root, root_length - 1) == 0; }
static int known(int fd) { return fd >= 0 && fd < FILES && path_of[fd]; }

static void whole(const char *path, char *to) {
    char here[LENGTH / 2];
    if (path[0] == '/' || !getcwd(here, sizeof here)) snprintf(to, LENGTH, "%s", path);
    else snprintf(to, LENGTH, "%s/%s", here, path);
}

static int opened(int fd, const char *path, int flags, int was_there) {
    if (fd < 0 || fd >= FILES || !watched(path)) return fd;
    free(path_of[fd]);
    path_of[fd] = strdup(path);
    if (!was_there) note('C', path, 0, NULL, 0);
    else if (flags & O_TRUNC) note('T', path, 0, NULL, 0);
    return fd;
}

#define OPEN_BODY(call)                                                                                               \
    va_list more;                                                                                                     \
    va_start(more, flags);                                                                                            \
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;                                                 \
    va_end(more);                                                                                                     \
    char full[LENGTH];                                                                                                \
    whole(path, full);                                                                                                \
    int there = access(full, F_OK) == 0;                                                                              \
    if ((flags & O_CREAT) && watched(full) && fails()) return -1;                                                     \
    return opened(call, full, flags, there);

#define OPEN(name)                                                                                                    \
    int name(const char *path, int flags, ...) {                                                                      \
        int (*next)(const char *, int, ...) = NEXT(#name);                                                            \
        OPEN_BODY(next(path, flags, mode))                                                                            \
    }
#define OPENAT(name)                                                                                                  \
    int name(int folder, const char *path, int flags, ...) {                                                          \
        int (*next)(int, const char *, int, ...) = NEXT(#name);                                                       \
        OPEN_BODY(next(folder, path, flags, mode))                                                                    \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    int (*next)(int) = NEXT("close");
    if (known(fd)) {
        free(path_of[fd]);
        path_of[fd] = NULL;
    }
    return next(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
    ssize_t (*next)(int, const void *, size_t) = NEXT("write");
    if (!known(fd)) return next(fd, data, length);
    if (fails()) return -1;
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t written = next(fd, data, length);
    if (written > 0) note('W', path_of[fd], offset, data, (uint64_t)written);
    return written;
}

#define PWRITE(name)                                                                                                  \
    ssize_t name(int fd, const void *data, size_t length, off64_t offset) {                                           \
        ssize_t (*next)(int, const void *, size_t, off64_t) = NEXT(#name);                                            \
        if (known(fd) && fails()) return -1;                                                                          \
        ssize_t written = next(fd, data, length, offset);                                                             \
        if (written > 0 && known(fd)) note('W', path_of[fd], offset, data, (uint64_t)written);                        \
        return written;                                                                                               \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

#define CUT(name)                                                                                                     \
    int name(int fd, off64_t length) {                                                                                \
        int (*next)(int, off64_t) = NEXT(#name);                                                                      \
        if (known(fd) && fails()) return -1;                                                                          \
        int failed = next(fd, length);                                                                                \
        if (!failed && known(fd)) note('T', path_of[fd], length, NULL, 0);                                            \
        return failed;                                                                                                \
    }
CUT(ftruncate)
CUT(ftruncate64)

#define SYNC(name)                                                                                                    \
    int name(int fd) {                                                                                                \
        int (*next)(int) = NEXT(#name);                                                                               \
        if (!known(fd)) return next(fd);                                                                              \
        if (fails()) return -1;                                                                                       \
        if (no_sync) return 0;                                                                                        \
        syncs++;                                                                                                      \
        if (sync_at > 0 && syncs >= sync_at && syncs < sync_at + sync_times) {                                        \
            note('F', path_of[fd], 0, NULL, 0);                                                                       \
            errno = EIO;                                                                                              \
            return -1;                                                                                                \
        }                                                                                                             \
        int failed = next(fd);                                                                                        \
        if (!failed) note('S', path_of[fd], 0, NULL, 0);                                                              \
        return failed;                                                                                                \
    }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *from, const char *to) {
    int (*next)(const char *, const char *) = NEXT("rename");
    char full_from[LENGTH], full_to[LENGTH];
    whole(from, full_from);
    whole(to, full_to);
    if (watched(full_to) && fails()) return -1;
    int failed = next(from, to);
    if (!failed && watched(full_to)) note('N', full_from, 0, full_to, strlen(full_to));
    return failed;
}

int unlink(const char *path) {
    int (*next)(const char *) = NEXT("unlink");
    char full[LENGTH];
    whole(path, full);
    if (watched(full) && fails()) return -1;
    int failed = next(path);
    if (!failed && watched(full)) note('U', full, 0, NULL, 0);
    return failed;
}

int unlinkat(int folder, const char *path, int flags) {
    int (*next)(int, const char *, int) = NEXT("unlinkat");
    char link[64], parent[LENGTH / 2] = "", full[LENGTH];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, parent, sizeof parent - 1);
    if (path[0] == '/' || length <= 0) whole(path, full);
    else snprintf(full, sizeof full, "%.*s/%s", (int)length, parent, path);
    if (watched(full) && fails()) return -1;
    int failed = next(folder, path, flags);
    if (!failed && watched(full) && !(flags & AT_REMOVEDIR)) note('U', full, 0, NULL, 0);
    return failed;
}

int mkdir(const char *path, mode_t mode) {
    int (*next)(const char *, mode_t) = NEXT("mkdir");
    char full[LENGTH];
    whole(path, full);
    if (watched(full) && fails()) return -1;
    return next(path, mode);
}

#define SENDFILE(name)                                                                                                \
    ssize_t name(int to, int from, off64_t *offset, size_t count) {                                                   \
        ssize_t (*next)(int, int, off64_t *, size_t) = NEXT(#name);                                                   \
        if (!known(to)) return next(to, from, offset, count);                                                         \
        errno = ENOTSOCK; /* so that Python copies by reading and writing, which is seen */                           \
        return -1;                                                                                                    \
    }
SENDFILE(sendfile)
SENDFILE(sendfile64)
