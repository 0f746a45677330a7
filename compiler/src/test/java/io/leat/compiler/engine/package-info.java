/**
 * What the engine promises of any compiled query: nothing lost, nothing leaked, late by the rules, whatever the clock, the store and
 * the number of workers. Start reading at {@link io.leat.compiler.engine.QueryRuns}.
 */
package io.leat.compiler.engine;
