// SHA-256 by libmd, whose functions take pointers that Swift would have to keep for it.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// Writes the 64 hexadecimal digits of the SHA-256 of some bytes, and a NUL.
void sha256_hex(const uint8_t *bytes, size_t count, char digits[65]);
