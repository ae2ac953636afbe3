#include "CVectors.h"

static void dot_codes_plain(
  const int8_t *rows, size_t count, size_t stride, const int16_t *query, int32_t *products) {
  for (size_t row = 0; row < count; row++, rows += stride) {
    int32_t sum = 0;
    for (size_t place = 0; place < stride; place++) sum += rows[place] * query[place];
    products[row] = sum;
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static void dot_codes_avx2(
  const int8_t *rows, size_t count, size_t stride, const int16_t *query, int32_t *products) {
  for (size_t row = 0; row < count; row++, rows += stride) {
    // Two sums, so that an addition need not wait for the one before.
    __m256i even = _mm256_setzero_si256(), odd = _mm256_setzero_si256();
    for (size_t place = 0; place < stride; place += 32) {
      const __m128i *codes = (const __m128i *)(rows + place);
      const __m256i *factors = (const __m256i *)(query + place);
      __m256i low = _mm256_cvtepi8_epi16(_mm_loadu_si128(codes));
      __m256i high = _mm256_cvtepi8_epi16(_mm_loadu_si128(codes + 1));
      even = _mm256_add_epi32(even, _mm256_madd_epi16(low, _mm256_loadu_si256(factors)));
      odd = _mm256_add_epi32(odd, _mm256_madd_epi16(high, _mm256_loadu_si256(factors + 1)));
    }
    __m256i eight = _mm256_add_epi32(even, odd);
    __m128i four =
      _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(1, 0, 3, 2)));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(2, 3, 0, 1)));
    products[row] = _mm_cvtsi128_si32(four);
  }
}
#endif

void vectors_dot_codes(
  const int8_t *rows, size_t count, size_t stride, const int16_t *query, int32_t *products) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    dot_codes_avx2(rows, count, stride, query, products);
    return;
  }
#endif
  dot_codes_plain(rows, count, stride, query, products);
}

double vectors_dot(const float *one, const float *other, size_t count) {
  // Eight sums that don't wait for each other, in an order that is the same on every machine.
  double sums[8] = {0};
  size_t place = 0;
  for (; place + 8 <= count; place += 8)
    for (size_t lane = 0; lane < 8; lane++)
      sums[lane] += (double)one[place + lane] * other[place + lane];
  for (; place < count; place++) sums[0] += (double)one[place] * other[place];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

void vectors_add_codes(float *sum, const int8_t *codes, float scale, size_t count) {
  for (size_t place = 0; place < count; place++) sum[place] += scale * codes[place];
}
