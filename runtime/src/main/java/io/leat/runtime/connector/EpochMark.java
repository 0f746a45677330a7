package io.leat.runtime.connector;

/**
 * The decision on an epoch, as it is written into the transaction with its rows.
 *
 * @param epoch from 1, without gaps
 * @param generation of the start that prepared it
 * @param hash of what was prepared
 * @param parent the hash of the epoch before; empty for the first
 */
public record EpochMark(long epoch, long generation, String hash, String parent) {}
