#include "kernels.h"

/* Month overflow, as the plan numbers it. */
enum { OVERFLOW_ERROR, OVERFLOW_LAST_DAY, OVERFLOW_NEXT_DAY };

static inline int64_t annona_floor(int64_t a, int64_t b) {
  const int64_t q = a / b;
  return q - (int64_t)(a % b < 0);
}

/* Whole numbers below 2^51 to doubles and back by the bits of 1.5 * 2^52: exact, and the same on every processor. */
static inline double annona_double(int64_t x) {
  union { int64_t whole; double real; } bits;
  bits.whole = (int64_t)((uint64_t)x + 0x4338000000000000);
  return bits.real - 6755399441055744.0;
}

static inline int64_t annona_near(double x) {
  union { int64_t whole; double real; } bits;
  bits.real = x + 6755399441055744.0;
  return (int64_t)((uint64_t)bits.whole - 0x4338000000000000);
}

static inline int annona_is_leap(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static inline int64_t annona_month_length(int64_t year, int64_t month) {
  static const uint8_t lengths[16] = {31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 31, 31};
  return month == 2 && annona_is_leap(year) ? 29 : lengths[month & 15];
}

static inline int64_t annona_key(int64_t year, int64_t month, int64_t day) {
  return year << 9 | month << 5 | day;
}

/* Days counted from 0001-01-01, which is 1. Years are taken to start in March. */
static inline int64_t annona_day_number(int64_t key) {
  int64_t year = key >> 9 & 0x7fffff, month = key >> 5 & 15;
  const int64_t day = key & 31;
  year -= month <= 2;
  const int64_t era = year / 400, of_era = year - era * 400;
  month = month > 2 ? month - 3 : month + 9;
  const int64_t of_year = (153 * month + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 305;
}

static inline int64_t annona_from_day_number(int64_t number) {
  const int64_t shifted = number + 305;
  const int64_t era = shifted / 146097, day_of_era = shifted % 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t from_march = (5 * day_of_year + 2) / 153;
  const int64_t day = day_of_year - (153 * from_march + 2) / 5 + 1;
  const int64_t month = from_march < 10 ? from_march + 3 : from_march - 9;
  return annona_key(year_of_era + era * 400 + (month <= 2), month, day);
}

/* -1 beyond the calendar. */
static inline int64_t annona_add_days(int64_t key, int64_t days) {
  if (days < -4000000 || days > 4000000) return -1;
  const int64_t number = annona_day_number(key) + days;
  return number < 1 || number > 3652059 ? -1 : annona_from_day_number(number);
}

/* -1 beyond the calendar, and for a day that the month lacks where that is an error. */
static inline int64_t annona_add_months(int64_t key, int64_t months, int mode) {
  if (months < -200000 || months > 200000) return -1;
  const int64_t count = (key >> 9 & 0x7fffff) * 12 + (key >> 5 & 15) - 1 + months;
  if (count < 12 || count >= 120000) return -1;
  const int64_t year = count / 12, month = count % 12 + 1, day = key & 31;
  const int64_t length = annona_month_length(year, month);
  if (day <= length) return annona_key(year, month, day);
  if (mode == OVERFLOW_ERROR) return -1;
  if (mode == OVERFLOW_LAST_DAY) return annona_key(year, month, length);
  /* A month that lacks a day is never December. */
  return annona_key(year, month + 1, 1);
}

static inline int64_t annona_months_until(int64_t from, int64_t to, int last_day_counts) {
  const int64_t months = ((to >> 9) - (from >> 9)) * 12 + (to >> 5 & 15) - (from >> 5 & 15);
  if ((to & 31) >= (from & 31)) return months;
  const int is_last = (to & 31) == annona_month_length(to >> 9, to >> 5 & 15);
  return is_last && last_day_counts ? months : months - 1;
}

/* Completed months, or for modes from 4 years; -1 where the later date comes first, or where the reckoning differs and that
   is an error. */
static inline int64_t annona_months(int64_t from, int64_t to, int mode) {
  if (from > to) return -1;
  const int64_t unit = mode >= 4 ? 12 : 1;
  const int64_t last = annona_months_until(from, to, 1) / unit;
  const int64_t next = annona_months_until(from, to, 0) / unit;
  switch (mode & 3) {
  case OVERFLOW_LAST_DAY: return last;
  case OVERFLOW_NEXT_DAY: return next;
  default: return last == next ? last : -1;
  }
}

static inline int64_t annona_make_date(int64_t year, int64_t month, int64_t day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return -1;
  return day > annona_month_length(year, month) ? -1 : annona_key(year, month, day);
}

#define EACH _Pragma("clang loop vectorize(enable) interleave(enable)")
#define TARGET
#define RUN annona_run_baseline
#include "kernels.inc"
#undef RUN
#undef TARGET

#if defined(__x86_64__)
#define TARGET __attribute__((target("avx2,bmi,bmi2")))
#define RUN run_avx2
static
#include "kernels.inc"
#undef RUN
#undef TARGET
#endif

#undef EACH
#define EACH _Pragma("clang loop vectorize(disable) unroll(disable)")
#define TARGET
#define RUN annona_run_rows
#include "kernels.inc"

int annona_is_wide(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi2") != 0;
#else
  return 0;
#endif
}

void annona_run_columns(const annona_step *steps, long count, const annona_frame *frame) {
#if defined(__x86_64__)
  if (annona_is_wide()) {
    run_avx2(steps, count, frame);
    return;
  }
#endif
  annona_run_baseline(steps, count, frame);
}
