// Files, for which Swift imports too little of the system: GNU's renameat2(2).

#pragma once

/// Has two files take each other's names at once, so that at no time either is missing.
///
/// @return 0, or the errno of what went wrong; EINVAL where the file system can't
int file_exchange(const char *path, const char *other);
