/**
 * What looks at the rows of a partition in an order: the first of them by rank, and functions over a window of rows. {@link
 * io.leat.runtime.operator.over.PartitionOperator} keeps rows until they are settled; the others say what is told of them.
 */
package io.leat.runtime.operator.over;
