/* Stands before fsync and fdatasync of a process (LD_PRELOAD). What it syncs of
 * the files in $POWERCUT_FOLDER is copied to $POWERCUT_DISK: there lies, at every
 * moment, what a power cut could not take away. A sync brings along the removals
 * before it, as the journal of a file system does. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

/* name returns the name of an open file within the folder, or NULL. */
static const char *name(int fd, const char *folder, char *path, size_t size) {
	struct stat st;
	char link[64];
	size_t n = strlen(folder);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return NULL;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, path, size - 1);
	if (length < 0) return NULL;
	path[length] = 0;
	if (strncmp(path, folder, n) != 0 || path[n] != '/' || strchr(path + n + 1, '/')) return NULL;
	return path + n + 1;
}

/* copy reads through fd itself: to close another one would drop SQLite's locks. */
static int copy(int fd, const char *to) {
	char block[65536];
	off_t at = 0;
	ssize_t n;
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (out < 0) return -1;
	while ((n = pread(fd, block, sizeof block, at)) > 0) {
		if (write(out, block, (size_t)n) != n) break;
		at += n;
	}
	close(out);
	return n == 0 ? 0 : -1;
}

/* drop removes from the disk what is no longer in the folder. */
static void drop(const char *folder, const char *disk) {
	char there[2 * PATH_MAX], kept[2 * PATH_MAX];
	struct dirent *e;
	DIR *d = opendir(disk);
	while (d && (e = readdir(d))) {
		snprintf(there, sizeof there, "%s/%s", folder, e->d_name);
		snprintf(kept, sizeof kept, "%s/%s", disk, e->d_name);
		if (e->d_name[0] != '.' && access(there, F_OK) != 0) unlink(kept);
	}
	if (d) closedir(d);
}

static int keep(int fd) {
	const char *folder = getenv("POWERCUT_FOLDER"), *disk = getenv("POWERCUT_DISK"), *file;
	char path[PATH_MAX], fresh[2 * PATH_MAX], kept[2 * PATH_MAX];
	if (!folder || !disk || !(file = name(fd, folder, path, sizeof path))) return 0;
	snprintf(kept, sizeof kept, "%s/%s", disk, file);
	snprintf(fresh, sizeof fresh, "%s.fresh", kept);
	pthread_mutex_lock(&one);
	int failed = copy(fd, fresh) || rename(fresh, kept);
	drop(folder, disk);
	pthread_mutex_unlock(&one);
	if (failed) errno = EIO;
	return failed ? -1 : 0;
}

int fsync(int fd) { return keep(fd); }
int fdatasync(int fd) { return keep(fd); }
