/**
 * The types of SQL values as both halves of Leat see them: the compiler checks with them, the runtime stores and prints by them.
 *
 * <p>Pure values without behaviour of their own. May import nothing of ours. Start reading at {@link io.leat.runtime.type.Type}.
 */
package io.leat.runtime.type;
