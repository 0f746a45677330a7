/**
 * Joins of two streams: by key and bound in time, with retractions, and as of a time. Start reading at {@link
 * io.leat.runtime.operator.join.StreamJoinOperator} and {@link io.leat.runtime.operator.join.AsOfJoinOperator}.
 */
package io.leat.runtime.operator.join;
