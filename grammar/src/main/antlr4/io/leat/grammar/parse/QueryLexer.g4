// The words and signs of the query language, in the order of the manual.
//
// A word reserved in section 1 can be used as a name only in quotes. Every other word is a word of the grammar where the
// grammar asks for it, and a name everywhere else; which name stands where is decided in QueryParser.g4, section 9.
lexer grammar QueryLexer;

options { caseInsensitive = true; }

// Signs that the lexer cannot tell from others. The token pass in front of the parser finds them, which saves the parser from
// looking far ahead: a '(' that opens a query (QueryParentheses), and the TO of INTERVAL DAY TO SECOND (ContextualWords). The end
// of a hint is no sign elsewhere: count(*)/* all */ (TokenReader).
tokens { QUERY_PAREN, UNIT_TO, HINT_END }

// 1. Reserved words -------------------------------------------------------------------------------------------------

SELECT: 'SELECT';
FROM: 'FROM';
WHERE: 'WHERE';
GROUP: 'GROUP';
HAVING: 'HAVING';
ORDER: 'ORDER';
LIMIT: 'LIMIT';
UNION: 'UNION';
INTERSECT: 'INTERSECT';
EXCEPT: 'EXCEPT';
JOIN: 'JOIN';
ON: 'ON';
USING: 'USING';
AS: 'AS';
CREATE: 'CREATE';
INSERT: 'INSERT';
WITH: 'WITH';
DISTINCT: 'DISTINCT';
ALL: 'ALL';
AND: 'AND';
OR: 'OR';
NOT: 'NOT';
IN: 'IN';
IS: 'IS';
BETWEEN: 'BETWEEN';
LIKE: 'LIKE';
CASE: 'CASE';
WHEN: 'WHEN';
THEN: 'THEN';
ELSE: 'ELSE';
END: 'END';
CAST: 'CAST';
NULL: 'NULL';
TRUE: 'TRUE';
FALSE: 'FALSE';

// 2. Words of statements --------------------------------------------------------------------------------------------

EXPLAIN: 'EXPLAIN';
SET: 'SET';
REPLACE: 'REPLACE';
TEMPORARY: 'TEMPORARY' | 'TEMP';
TABLE: 'TABLE';
VIEW: 'VIEW';
MATERIALIZED: 'MATERIALIZED';
FRESHNESS: 'FRESHNESS';
IF: 'IF';
EXISTS: 'EXISTS';
INTO: 'INTO';
VALUES: 'VALUES';
METADATA: 'METADATA';
VIRTUAL: 'VIRTUAL';
COMMENT: 'COMMENT';
WATERMARK: 'WATERMARK';
INCLUDING: 'INCLUDING';
EXCLUDING: 'EXCLUDING';
OVERWRITING: 'OVERWRITING';
FOR: 'FOR';
CONSTRAINT: 'CONSTRAINT';
PRIMARY: 'PRIMARY';
KEY: 'KEY';
ENFORCED: 'ENFORCED';
EMIT: 'EMIT';
FINAL: 'FINAL';
CHANGES: 'CHANGES';
WINDOW: 'WINDOW';
CLOSE: 'CLOSE';
AFTER: 'AFTER';
DELAY: 'DELAY';
EVERY: 'EVERY';
LATE: 'LATE';
REJECT: 'REJECT';

// 3. Words of queries -----------------------------------------------------------------------------------------------

RECURSIVE: 'RECURSIVE';
LATERAL: 'LATERAL';
GROUPING: 'GROUPING';
SETS: 'SETS';
BY: 'BY';
ASC: 'ASC';
DESC: 'DESC';
NULLS: 'NULLS';
FIRST: 'FIRST';
LAST: 'LAST';
OFFSET: 'OFFSET';
ROWS: 'ROWS';
FETCH: 'FETCH';
NEXT: 'NEXT';
ONLY: 'ONLY';
INNER: 'INNER';
LEFT: 'LEFT';
RIGHT: 'RIGHT';
FULL: 'FULL';
OUTER: 'OUTER';
CROSS: 'CROSS';
NATURAL: 'NATURAL';
SEMI: 'SEMI';
ANTI: 'ANTI';
ASOF: 'ASOF';
SYSTEM_TIME: 'SYSTEM_TIME';
OF: 'OF';
QUALIFY: 'QUALIFY';
WAIT: 'WAIT';
READY: 'READY';
OPTIONS: 'OPTIONS';

// Where they do not begin a query, the token pass makes names of them; at the beginning of a statement DESC is DESCRIBE.
DESCRIBE: 'DESCRIBE';
SUMMARIZE: 'SUMMARIZE';

// Where it does not say how columns of queries meet, the token pass makes a name of it.
NAME: 'NAME';

// Where no interval follows, the token pass makes names of them (ContextualWords).
EXPIRE: 'EXPIRE';
REFRESH: 'REFRESH';

DESCRIPTOR: 'DESCRIPTOR';
PARTITION: 'PARTITION';
EXTEND: 'EXTEND';
DROP: 'DROP';
RENAME: 'RENAME';
CALL: 'CALL';
FORK: 'FORK';
TEE: 'TEE';
AGGREGATE: 'AGGREGATE';

// 4. Words of expressions -------------------------------------------------------------------------------------------

ILIKE: 'ILIKE';
ANY: 'ANY';
SOME: 'SOME';
ESCAPE: 'ESCAPE';
UNKNOWN: 'UNKNOWN';
AT: 'AT';
ZONE: 'ZONE';
FILTER: 'FILTER';
OVER: 'OVER';
RANGE: 'RANGE';
GROUPS: 'GROUPS';
UNBOUNDED: 'UNBOUNDED';
PRECEDING: 'PRECEDING';
FOLLOWING: 'FOLLOWING';
CURRENT: 'CURRENT';
EXCLUDE: 'EXCLUDE';
TIES: 'TIES';
NO: 'NO';
OTHERS: 'OTHERS';
ORDINALITY: 'ORDINALITY';
TRY_CAST: 'TRY_CAST' | 'SAFE_CAST';
EXTRACT: 'EXTRACT';
TRIM: 'TRIM';
SUBSTRING: 'SUBSTRING';
POSITION: 'POSITION';
FLOOR: 'FLOOR';
CEIL: 'CEIL' | 'CEILING';
TO: 'TO';

// Where they do not say a side, the token pass makes names of them (ContextualWords).
BOTH: 'BOTH';
LEADING: 'LEADING';
TRAILING: 'TRAILING';

// Where they do not stand behind the arguments of a call, the token pass makes names of them, too.
IGNORE: 'IGNORE';
RESPECT: 'RESPECT';
WITHIN: 'WITHIN';

// 5. Words of types and units ---------------------------------------------------------------------------------------

DATE: 'DATE';
TIME: 'TIME';
TIMESTAMP: 'TIMESTAMP';
TIMESTAMP_LTZ: 'TIMESTAMP_LTZ' | 'TIMESTAMPTZ';
LOCAL: 'LOCAL';
WITHOUT: 'WITHOUT';
INTERVAL: 'INTERVAL';
ARRAY: 'ARRAY';
MAP: 'MAP';
ROW: 'ROW';
STRUCT: 'STRUCT';
PRECISION: 'PRECISION';
VARYING: 'VARYING';

// Units that an interval can be counted in. Where they count nothing, the token pass makes names of them (ContextualWords).
TIME_UNIT
    : 'MILLENNIUM' 'S'? | 'MILLENNIA'
    | 'CENTURY' | 'CENTURIES'
    | 'DECADE' 'S'?
    | 'YEAR' 'S'?
    | 'QUARTER' 'S'?
    | 'MONTH' 'S'?
    | 'WEEK' 'S'?
    | 'DAY' 'S'?
    | 'HOUR' 'S'?
    | 'MINUTE' 'S'?
    | 'SECOND' 'S'?
    | 'MILLISECOND' 'S'?
    | 'MICROSECOND' 'S'?
    | 'NANOSECOND' 'S'?
    ;

// What else can be extracted from a time; elsewhere it is a name too.
TIME_FIELD: 'EPOCH' | 'DOW' | 'ISODOW' | 'DOY' | 'ISOYEAR';

// 6. Signs ----------------------------------------------------------------------------------------------------------

SEMICOLON: ';';
PIPE: '|>';
LEFT_PAREN: '(';
RIGHT_PAREN: ')';
COMMA: ',';
DOT: '.';
COLON: ':';
DOUBLE_COLON: '::';
NAMED: '=>';
EQUAL: '=';
NOT_EQUAL: '<>' | '!=';
LESS: '<';
LESS_OR_EQUAL: '<=';
GREATER: '>';
GREATER_OR_EQUAL: '>=';
PLUS: '+';
MINUS: '-';
CONCAT: '||';
ASTERISK: '*';
SLASH: '/';
PERCENT: '%';
LEFT_BRACKET: '[';
RIGHT_BRACKET: ']';

// Signs of other dialects. No rule of the grammar uses them; as tokens of their own they can be answered by name.
FOREIGN_SIGN
    : '->' | '->>' | '==' | '&&' | '<=>' | ':=' | '!' | '&' | '|' | '^' | '~' | '?' | '@' | '#' | '{' | '}' | '\\' | '$'+
    ;

// 7. Literals -------------------------------------------------------------------------------------------------------

STRING: '\'' (~'\'' | '\'\'')* '\'';
BINARY: 'X' '\'' (~'\'' | '\'\'')* '\'';
INTEGER: DIGIT+;
DECIMAL: (DIGIT+ '.' DIGIT* | '.' DIGIT+) EXPONENT? | DIGIT+ EXPONENT;

// A number with letters at its end, such as 5m or 1_000.
MALFORMED_NUMBER: (DIGIT+ ('.' DIGIT*)? | '.' DIGIT+) LETTER (LETTER | DIGIT | MARK)*;

fragment EXPONENT: 'E' [+\-]? DIGIT+;

// 8. Names ----------------------------------------------------------------------------------------------------------

IDENTIFIER: LETTER (LETTER | DIGIT | MARK)*;
QUOTED_IDENTIFIER: '"' (~'"' | '""')+ '"' | '`' (~'`' | '``')+ '`';
EMPTY_IDENTIFIER: '""' | '``';

fragment DIGIT: [0-9];
fragment LETTER: [\p{L}\p{Nl}_];
fragment MARK: [$\p{Mn}\p{Mc}\p{Nd}];

// 9. Space and comments ---------------------------------------------------------------------------------------------

SPACE: [\p{White_Space}\uFEFF]+ -> channel(HIDDEN);
LINE_COMMENT: '--' ~[\r\n]* -> channel(HIDDEN);
// A hint changes what the query does, so it is read, not skipped. What is in it is read again, as tokens behind this one (TokenReader).
HINT: '/*+' .*? '*/';
BLOCK_COMMENT: '/*' .*? '*/' -> channel(HIDDEN);

// 10. What is no token ----------------------------------------------------------------------------------------------
// Each matches less than its complete form in the sections above, so it wins only where the end is missing.

UNTERMINATED_STRING: 'X'? '\'' (~'\'' | '\'\'')*;
UNTERMINATED_IDENTIFIER: '"' (~'"' | '""')* | '`' (~'`' | '``')*;
UNTERMINATED_COMMENT: '/*' (~'*' | '*'+ ~[*/])* '*'*;
UNEXPECTED_CHARACTER: .;
