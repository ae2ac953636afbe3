#include "CHash.h"

#include <sha2.h>
#include <sys/types.h>

void sha256_hex(const uint8_t *bytes, size_t count, char digits[65]) {
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, bytes, count);
  SHA256End(&context, digits);
}
