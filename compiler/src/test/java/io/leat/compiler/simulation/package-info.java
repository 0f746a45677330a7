/**
 * The engine on simulated machines: the code that runs everywhere, on a clock, threads, disks and a broker that do what a seed says. May import
 * whatever a user of the engine may. Start reading at {@link io.leat.compiler.simulation.SimulationTest}, then {@link
 * io.leat.compiler.simulation.Life}.
 */
package io.leat.compiler.simulation;
