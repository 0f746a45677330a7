/**
 * Keyed state in sorted pages outside the heap, beyond a budget in a store. May import what {@code state} may, and {@code state}. Start
 * reading at {@link io.leat.runtime.state.paged.PagedState}; below it are the index over pages, the pages in memory or in the store, and
 * the layout of one page.
 */
package io.leat.runtime.state.paged;
