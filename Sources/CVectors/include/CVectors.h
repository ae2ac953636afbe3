// Inner products of vectors, many at a time, with the widest instructions that the machine has.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// The inner product of each row with the query.
///
/// The rows lie one after the other; `stride` is the length of each, and of the query, and a multiple
/// of 32. No sum may leave 32 bits: whoever scales the query sees to that.
void vectors_dot_codes(
  const int8_t *rows, size_t count, size_t stride, const int16_t *query, int32_t *products);

/// The inner product of two vectors, summed in double precision.
double vectors_dot(const float *one, const float *other, size_t count);

/// Adds scaled codes to a sum.
void vectors_add_codes(float *sum, const int8_t *codes, float scale, size_t count);
