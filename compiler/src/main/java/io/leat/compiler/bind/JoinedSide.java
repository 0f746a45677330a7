package io.leat.compiler.bind;

import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Relation.Expiring;
import java.util.Optional;

/**
 * The right side of a join, with what is said there of time.
 *
 * @param asOf the time of the left side as of which rows are looked up
 * @param expiry how long a row stands after its time, of a join as of a time
 */
record JoinedSide(BoundRelation rows, Optional<Expression> asOf, Optional<Expiring> expiry) {}
