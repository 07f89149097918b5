#ifndef ANNONA_KERNELS_H
#define ANNONA_KERNELS_H

#include <stdint.h>

/* One step of a plan: an operation on whole columns of 64-bit whole numbers. Truth is -1, falsehood 0.
   Dates are year * 512 + month * 32 + day, so that they compare as they stand. Sums wrap: the plan has proved them. */
enum annona_operation {
  ANNONA_LOAD8, ANNONA_LOAD32, ANNONA_LOAD64, ANNONA_FILL,
  ANNONA_ADD, ANNONA_ADD_I, ANNONA_SUB, ANNONA_RSUB_I,
  ANNONA_MUL, ANNONA_MUL_I, ANNONA_MUL32, ANNONA_MUL32_I,
  ANNONA_MIN, ANNONA_MIN_I, ANNONA_MAX, ANNONA_MAX_I,
  ANNONA_EQ, ANNONA_EQ_I, ANNONA_NE, ANNONA_NE_I,
  ANNONA_LT, ANNONA_LT_I, ANNONA_LE, ANNONA_LE_I, ANNONA_GT_I, ANNONA_GE_I,
  ANNONA_AND, ANNONA_AND_I, ANNONA_OR, ANNONA_ANDNOT, ANNONA_NOT, ANNONA_SHR_I,
  ANNONA_SELECT, ANNONA_SELECT_VI, ANNONA_SELECT_IV, ANNONA_SELECT_II,
  ANNONA_DIV, ANNONA_DIV_I, ANNONA_DIV_NARROW, ANNONA_DIV_NARROW_I,
  ANNONA_SPREAD, ANNONA_SUM, ANNONA_LEAST, ANNONA_GREATEST, ANNONA_PLACE, ANNONA_PICK,
  ANNONA_DAY_NUMBER, ANNONA_ADD_DAYS, ANNONA_ADD_MONTHS, ANNONA_MONTHS, ANNONA_MONTH_END,
  ANNONA_MAKE_DATE,
  ANNONA_OPERATIONS
};

typedef struct {
  uint16_t operation;
  /* Whose rows it works on. */
  uint16_t space;
  /* The map, the segments, the input or the mode. */
  uint16_t with;
  uint16_t with2;
  int32_t out, a, b, c;
  int64_t immediate, immediate2;
} annona_step;

typedef struct {
  /* Rows of each space. */
  const int32_t *rows;
  /* For each row of one space, its row of another. */
  const int32_t *const *maps;
  /* For each row of one space, where its rows of another begin; one more than rows. */
  const int32_t *const *segments;
  const void *const *inputs;
  int64_t *const *columns;
  /* Room for the running sums of one column, with one more. */
  int64_t *sums;
} annona_frame;

/* Columns of many rows, with the widest instructions that the processor has. */
void annona_run_columns(const annona_step *steps, long count, const annona_frame *frame);
/* The same with those that every processor has. */
void annona_run_baseline(const annona_step *steps, long count, const annona_frame *frame);
/* Few rows: one household. */
void annona_run_rows(const annona_step *steps, long count, const annona_frame *frame);
/* Whether the processor has more than the baseline. */
int annona_is_wide(void);

#endif
