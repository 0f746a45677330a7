/**
 * Measurements of fused shapes from bytes to answer, each beside the same thing written by hand. Every benchmark first checks that all of
 * its variants give the same answer.
 */
package io.leat.benchmarks;
