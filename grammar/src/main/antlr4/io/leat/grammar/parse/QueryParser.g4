// The query language, laid out like its manual: statements, tables, queries, pipes, relations, expressions, types, names.
//
// Every alternative has a label; the tree builders have one method per label. Rules are written to need one or two words
// of lookahead: no rule is left recursive, and chains are repetitions, so that ten thousand terms make one flat list.
parser grammar QueryParser;

options { tokenVocab = QueryLexer; }

// Our own Parser stands in the same package, and would win over the imports of the generated code.
@header { import org.antlr.v4.runtime.Parser; }

// 1. Statements -----------------------------------------------------------------------------------------------------
// A file is cut at its semicolons before it is parsed; each statement is parsed on its own.

singleStatement
    : statement EOF                                                             # wholeStatement
    ;

singleExpression
    : expression EOF                                                            # wholeExpression
    ;

statement
    : EXPLAIN view=IDENTIFIER? FOR? action                                      # explain
    | SET property                                                              # setOption
    | action                                                                    # run
    ;

action
    : CREATE orReplace? TEMPORARY? TABLE ifNotExists? name tableDefinition outlet*  # createTable
    | CREATE orReplace? TEMPORARY? VIEW name columnList? AS query outlet*       # createView
    | CREATE orReplace? MATERIALIZED VIEW name columnList? optionClause? freshness? AS query outlet*  # createMaterializedView
    | INSERT INTO name columnList? query outlet*                                # insertInto
    | query outlet* ending?                                                     # print
    ;

orReplace
    : OR REPLACE                                                                # replace
    ;

ifNotExists
    : IF NOT EXISTS                                                             # unlessExists
    ;

freshness
    : FRESHNESS EQUAL? intervalLiteral                                          # fresh
    ;

// How a pipe ends that is not printed as a whole.
ending
    : destination outlet*                                                       # delivered
    | PIPE FORK branch (COMMA? branch)* COMMA?                                  # fork
    | PIPE TEE branch (COMMA? branch)* COMMA? pipeOperator* outlet* ending?     # tee
    ;

// What is done with the rows besides: a pipe without its head.
branch
    : LEFT_PAREN pipeOperator* outlet* ending? RIGHT_PAREN                      # pipeInParentheses
    ;

// Where the rows of a pipe go, written as its last step.
destination
    : PIPE INSERT INTO name columnList?                                         # pipeInsert
    | PIPE CREATE orReplace? TEMPORARY? TABLE ifNotExists? name (tableElements comment? optionClause? | optionClause)?  # pipeCreate
    ;

// What a statement promises about its result, and where the rows go that it refuses: as clauses or as last pipe steps.
outlet
    : PIPE? EMIT emitMode                                                       # emit
    | PIPE? LATE INTO name                                                      # lateInto
    | PIPE? REJECT INTO name                                                    # rejectInto
    ;

emitMode
    : FINAL (AFTER intervalLiteral)?                                            # emitFinal
    | ON WINDOW CLOSE                                                           # emitOnWindowClose
    | AFTER WATERMARK (DELAY intervalLiteral)?                                  # emitAfterWatermark
    | AFTER intervalLiteral                                                     # emitAfter
    | CHANGES (EVERY every=intervalLiteral)? (AFTER after=intervalLiteral)?     # emitChanges
    | EVERY every=intervalLiteral (AFTER after=intervalLiteral)?                # emitEvery
    ;

// 2. Tables and options ---------------------------------------------------------------------------------------------

tableDefinition
    : tableElements comment? optionClause? (AS query | likeClause)?             # definedByColumns
    | optionClause (AS query | likeClause)?                                     # definedByOptions
    | AS query                                                                  # definedByQuery
    | likeClause                                                                # definedByTable
    ;

likeClause
    : LIKE name (LEFT_PAREN likeOption+ RIGHT_PAREN)?                           # likeTable
    ;

likeOption
    : (INCLUDING | EXCLUDING | OVERWRITING) (ALL | identifier)                  # likeFeature
    ;

tableElements
    : LEFT_PAREN tableElement (COMMA tableElement)* COMMA? RIGHT_PAREN          # elements
    ;

tableElement
    : columnName type columnConstraint*                                         # column
    | columnName AS expression comment?                                         # computedColumn
    | WATERMARK FOR name AS expression                                          # watermark
    | (CONSTRAINT identifier)? PRIMARY KEY LEFT_PAREN identifier (COMMA identifier)* COMMA? RIGHT_PAREN (NOT? ENFORCED)?  # primaryKey
    ;

columnConstraint
    : NOT NULL                                                                  # notNull
    | NULL                                                                      # nullable
    | METADATA (FROM STRING)? VIRTUAL?                                          # metadata
    | PRIMARY KEY (NOT? ENFORCED)?                                              # columnIsKey
    | comment                                                                   # columnComment
    ;

comment
    : COMMENT STRING                                                            # description
    ;

optionClause
    : WITH LEFT_PAREN (property (COMMA property)* COMMA?)? RIGHT_PAREN          # optionList
    ;

property
    : propertyKey EQUAL propertyValue                                           # keyAndValue
    ;

propertyKey
    : STRING                                                                    # quotedKey
    | propertyWord (DOT propertyWord)*                                          # dottedKey
    ;

propertyValue
    : STRING                                                                    # textValue
    | (PLUS | MINUS)? number                                                    # numberValue
    | (TRUE | FALSE)                                                            # booleanValue
    | identifier LEFT_PAREN STRING RIGHT_PAREN                                  # secretValue
    | propertyWord (DOT propertyWord)*                                          # wordValue
    ;

// 3. Queries --------------------------------------------------------------------------------------------------------

query
    : withClause? setOperation resultOrder? limitClause? pipeOperator*          # wholeQuery
    | (DESCRIBE | SUMMARIZE) described                                          # aboutQuery
    ;

// What DESCRIBE and SUMMARIZE speak of.
described
    : name                                                                      # describedTable
    | STRING                                                                    # describedFile
    | query                                                                     # describedQuery
    ;

withClause
    : WITH RECURSIVE? commonTable (COMMA commonTable)* COMMA?                   # with
    ;

commonTable
    : identifier columnList? AS QUERY_PAREN query RIGHT_PAREN                   # namedQuery
    ;

setOperation
    : intersection ((UNION | EXCEPT) (ALL | DISTINCT)? byName? intersection)*   # unionOrExcept
    ;

intersection
    : queryTerm (INTERSECT (ALL | DISTINCT)? byName? queryTerm)*                # intersect
    ;

byName
    : BY NAME                                                                   # columnsByName
    ;

queryTerm
    : SELECT (ALL | distinct)? selectItems fromClause? where? groupBy? having? windowClause? qualify?  # selectFirst
    | fromClause (SELECT (ALL | distinct)? selectItems)? where? groupBy? having? windowClause? qualify?  # fromFirst
    | VALUES valuesRow (COMMA valuesRow)* COMMA?                                # values
    | QUERY_PAREN query RIGHT_PAREN                                             # queryInParentheses
    ;

valuesRow
    : LEFT_PAREN expression (COMMA expression)* COMMA? RIGHT_PAREN              # valuesOfRow
    | QUERY_PAREN query RIGHT_PAREN                                             # queryAsRow
    ;

distinct
    : DISTINCT                                                                  # distinctRows
    | DISTINCT distinctOn                                                       # firstRows
    ;

distinctOn
    : ON LEFT_PAREN expression (COMMA expression)* COMMA? RIGHT_PAREN           # distinctBy
    ;

selectItems
    : selectItem (COMMA selectItem)* COMMA?                                     # selectList
    ;

selectItem
    : ASTERISK starChanges                                                      # star
    | name DOT ASTERISK starChanges                                             # qualifiedStar
    | expression alias?                                                         # selectColumn
    ;

// What becomes of some of the columns that a star stands for.
starChanges
    : excludedColumns? replacedColumns? renamedColumns?                         # changesOfStar
    ;

excludedColumns
    : (EXCLUDE | EXCEPT) LEFT_PAREN name (COMMA name)* COMMA? RIGHT_PAREN       # columnsLeftOut
    | EXCLUDE name                                                              # columnLeftOut
    ;

replacedColumns
    : REPLACE LEFT_PAREN replacement (COMMA replacement)* COMMA? RIGHT_PAREN    # replacements
    ;

replacement
    : expression AS identifier                                                  # replaceColumn
    ;

renamedColumns
    : RENAME LEFT_PAREN renaming (COMMA renaming)* COMMA? RIGHT_PAREN           # renamings
    ;

fromClause
    : FROM relation (COMMA relation)* COMMA?                                    # from
    ;

where
    : WHERE expression                                                          # whereCondition
    ;

groupBy
    : GROUP BY ALL                                                              # groupsOfAll
    | GROUP BY groupItem (COMMA groupItem)* COMMA?                              # groups
    ;

groupItem
    : GROUPING SETS LEFT_PAREN groupingSet (COMMA groupingSet)* COMMA? RIGHT_PAREN  # groupingSets
    | expression (AS identifier)?                                               # group
    ;

groupingSet
    : LEFT_PAREN RIGHT_PAREN                                                    # emptySet
    | expression                                                                # setOfKeys
    ;

having
    : HAVING expression                                                         # havingCondition
    ;

windowClause
    : WINDOW namedWindow (COMMA namedWindow)* COMMA?                            # windows
    ;

namedWindow
    : identifier AS window                                                      # windowWithName
    ;

qualify
    : QUALIFY expression                                                        # qualifyCondition
    ;

// The order of a result: its columns are known.
resultOrder
    : ORDER BY ALL direction                                                    # orderByAll
    | orderBy                                                                   # orderByItems
    ;

orderBy
    : ORDER BY sortItem (COMMA sortItem)* COMMA?                                # order
    ;

sortItem
    : expression direction                                                      # sort
    ;

direction
    : (ASC | DESC)? (NULLS (FIRST | LAST))?                                     # sortDirection
    ;

limitClause
    : LIMIT expression offset?                                                  # limit
    | offset (LIMIT expression | fetch)?                                        # offsetThenLimit
    | fetch                                                                     # fetchAlone
    ;

offset
    : OFFSET expression (ROW | ROWS)?                                           # skip
    ;

fetch
    : FETCH (FIRST | NEXT) expression? (ROW | ROWS) ONLY                        # fetchRows
    ;

// 4. Pipes ----------------------------------------------------------------------------------------------------------

pipeOperator
    : PIPE WHERE expression                                                     # pipeWhere
    | PIPE SELECT (ALL | DISTINCT)? selectItems                                 # pipeSelect
    | PIPE EXTEND selectItems                                                   # pipeExtend
    | PIPE SET assignment (COMMA assignment)* COMMA?                            # pipeSet
    | PIPE DROP identifier (COMMA identifier)* COMMA?                           # pipeDrop
    | PIPE RENAME renaming (COMMA renaming)* COMMA?                             # pipeRename
    | PIPE AS identifier                                                        # pipeAs
    | PIPE joinStep                                                             # pipeJoin
    | PIPE CALL tableFunction alias?                                            # pipeCall
    | PIPE AGGREGATE (selectItems groupBy? | groupBy)                           # pipeAggregate
    | PIPE DISTINCT (distinctOn orderBy?)?                                      # pipeDistinct
    | PIPE (UNION | INTERSECT | EXCEPT) (ALL | DISTINCT)? byName? pipeInput (COMMA pipeInput)* COMMA?  # pipeSetOperation
    | PIPE resultOrder                                                          # pipeOrderBy
    | PIPE LIMIT expression offset?                                             # pipeLimit
    ;

assignment
    : identifier EQUAL expression                                               # assign
    ;

renaming
    : identifier AS identifier                                                  # rename
    ;

pipeInput
    : QUERY_PAREN query RIGHT_PAREN                                             # pipedQuery
    ;

// 5. Relations ------------------------------------------------------------------------------------------------------

relation
    : relationTerm joinStep*                                                    # joins
    ;

joinStep
    : CROSS JOIN relationTerm                                                   # crossJoin
    | NATURAL joinKind? JOIN relationTerm                                       # naturalJoin
    | joinKind? JOIN relationTerm joinCondition?                                # conditionalJoin
    | ASOF (INNER | LEFT OUTER?)? JOIN relationTerm joinCondition?              # asOfJoin
    ;

joinKind
    : INNER                                                                     # inner
    | LEFT OUTER?                                                               # left
    | RIGHT OUTER?                                                              # right
    | FULL OUTER?                                                               # full
    | LEFT? SEMI                                                                # semi
    | LEFT? ANTI                                                                # anti
    ;

joinCondition
    : ON expression                                                             # onCondition
    | USING columnList                                                          # usingColumns
    ;

relationTerm
    : plainRelation expiry? refreshing?                                         # relationWithUpkeep
    ;

// How long the rows of a relation are remembered, and how often they are read again.
expiry
    : EXPIRE AFTER intervalLiteral                                              # expire
    ;

refreshing
    : REFRESH EVERY intervalLiteral (WAIT READY)?                               # refreshEvery
    | WAIT READY                                                                # waitReady
    ;

plainRelation
    : name optionHint? asOf? alias?                                             # table
    | STRING alias?                                                             # file
    | tableFunction (WITH ORDINALITY)? (alias columnList?)?                     # functionTable
    | TABLE LEFT_PAREN tableFunction RIGHT_PAREN alias?                         # wrappedFunctionTable
    | QUERY_PAREN query RIGHT_PAREN (alias columnList?)?                        # subquery
    | LATERAL QUERY_PAREN query RIGHT_PAREN (alias columnList?)?                # lateral
    | LEFT_PAREN relation RIGHT_PAREN                                           # relationInParentheses
    ;

// Other options for this use of a table.
optionHint
    : HINT OPTIONS LEFT_PAREN property (COMMA property)* COMMA? RIGHT_PAREN HINT_END  # hintedOptions
    ;

// The row of a table that was valid at a moment.
asOf
    : FOR SYSTEM_TIME AS OF expression                                          # atTime
    ;

tableFunction
    : functionName LEFT_PAREN (argument (COMMA argument)* COMMA?)? RIGHT_PAREN  # tableCall
    ;

argument
    : (identifier NAMED)? argumentValue                                         # passed
    ;

argumentValue
    : TABLE name optionHint? partitioning?                                      # tableArgument
    | DESCRIPTOR LEFT_PAREN name (COMMA name)* RIGHT_PAREN                      # descriptorArgument
    | expression                                                                # expressionArgument
    ;

partitioning
    : PARTITION BY name                                                         # partitionByOne
    | PARTITION BY LEFT_PAREN name (COMMA name)* COMMA? RIGHT_PAREN             # partitionByAll
    ;

// 6. Expressions, weakest binding first -----------------------------------------------------------------------------
// A level that finds nothing to do leaves no trace in the parse tree (StatementParser drops it).

expression
    : orExpression                                                              # value
    ;

orExpression
    : andExpression (OR andExpression)*                                         # or
    ;

andExpression
    : notExpression (AND notExpression)*                                        # and
    ;

notExpression
    : NOT* isExpression                                                         # not
    ;

isExpression
    : comparison isTest*                                                        # is
    ;

isTest
    : IS NOT? NULL                                                              # isNull
    | IS NOT? (TRUE | FALSE | UNKNOWN)                                          # isTruth
    | IS NOT? DISTINCT FROM comparison                                          # isDistinct
    ;

comparison
    : rangeExpression (comparisonOperator (rangeExpression | quantifier QUERY_PAREN query RIGHT_PAREN))?  # compare
    ;

quantifier
    : (ANY | SOME | ALL)                                                        # quantifying
    ;

comparisonOperator
    : (EQUAL | NOT_EQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL)   # comparing
    ;

rangeExpression
    : additive rangeTest?                                                       # range
    ;

rangeTest
    : NOT? BETWEEN additive AND additive                                        # between
    | NOT? IN LEFT_PAREN expression (COMMA expression)* COMMA? RIGHT_PAREN      # inList
    | NOT? IN QUERY_PAREN query RIGHT_PAREN                                     # inQuery
    | NOT? (LIKE | ILIKE) additive (ESCAPE additive)?                           # like
    ;

additive
    : multiplicative ((PLUS | MINUS | CONCAT) multiplicative)*                  # add
    ;

multiplicative
    : zoned ((ASTERISK | SLASH | PERCENT) zoned)*                               # multiply
    ;

zoned
    : signed (AT TIME ZONE signed)*                                             # atTimeZone
    ;

signed
    : (PLUS | MINUS)* postfix                                                   # sign
    ;

postfix
    : primary postfixStep*                                                      # steps
    ;

postfixStep
    : DOUBLE_COLON type                                                         # castStep
    | DOT identifier                                                            # fieldStep
    | LEFT_BRACKET expression RIGHT_BRACKET                                     # elementStep
    ;

primary
    : NULL                                                                      # nullLiteral
    | (TRUE | FALSE)                                                            # booleanLiteral
    | number                                                                    # numberLiteral
    | STRING                                                                    # stringLiteral
    | BINARY                                                                    # binaryLiteral
    | timeType STRING                                                           # typedLiteral
    | intervalLiteral                                                           # interval
    | COLON identifier                                                          # parameter
    | CASE expression? whenBranch+ (ELSE expression)? END                       # case
    | (CAST | TRY_CAST) LEFT_PAREN expression AS type RIGHT_PAREN               # cast
    | EXISTS QUERY_PAREN query RIGHT_PAREN                                      # exists
    | QUERY_PAREN query RIGHT_PAREN                                             # scalarQuery
    | LEFT_PAREN expression (COMMA expression)* RIGHT_PAREN                     # parentheses
    | ROW LEFT_PAREN expression (COMMA expression)* RIGHT_PAREN                 # rowConstructor
    | ARRAY? LEFT_BRACKET (expression (COMMA expression)*)? RIGHT_BRACKET       # arrayConstructor
    | functionCall withinGroup? (nullTreatment filter? | filter nullTreatment?)? over?  # call
    | identifier                                                                # reference
    ;

number
    : (INTEGER | DECIMAL)                                                       # digits
    ;

// The type of a literal such as DATE '2026-01-31'.
timeType
    : DATE                                                                      # dateLiteral
    | TIME (WITHOUT TIME ZONE)?                                                 # timeLiteral
    | TIMESTAMP timeZone?                                                       # timestampLiteral
    | TIMESTAMP_LTZ                                                             # timestampLtzLiteral
    ;

intervalLiteral
    : INTERVAL STRING (TIME_UNIT (UNIT_TO TIME_UNIT)?)?                         # intervalText
    | INTERVAL number TIME_UNIT                                                 # intervalNumber
    ;

whenBranch
    : WHEN expression THEN expression                                           # when
    ;

functionCall
    : functionName LEFT_PAREN RIGHT_PAREN                                       # callWithoutArguments
    | functionName LEFT_PAREN ASTERISK RIGHT_PAREN                              # callOfAll
    | functionName LEFT_PAREN (ALL | DISTINCT)? expression (COMMA expression)* orderBy? RIGHT_PAREN  # callOfArguments
    | EXTRACT LEFT_PAREN (TIME_UNIT | TIME_FIELD) FROM expression RIGHT_PAREN   # extract
    | TRIM LEFT_PAREN trimSide expression? FROM expression RIGHT_PAREN          # trimSideOnly
    | POSITION LEFT_PAREN additive positionRest? RIGHT_PAREN                    # position
    | (TRIM | SUBSTRING | FLOOR | CEIL) LEFT_PAREN expression specialRest? RIGHT_PAREN  # specialCall
    ;

positionRest
    : IN additive                                                               # inText
    | (COMMA expression)+                                                       # positionArguments
    ;

specialRest
    : FROM expression (FOR expression)?                                         # fromFor
    | TO TIME_UNIT                                                              # toUnit
    | (COMMA expression)+                                                       # specialArguments
    ;

trimSide
    : (BOTH | LEADING | TRAILING)                                               # side
    ;

filter
    : FILTER LEFT_PAREN WHERE expression RIGHT_PAREN                            # filterWhere
    ;

withinGroup
    : WITHIN GROUP LEFT_PAREN orderBy RIGHT_PAREN                               # orderWithinGroup
    ;

nullTreatment
    : (IGNORE | RESPECT) NULLS                                                  # nulls
    ;

over
    : OVER identifier                                                           # overNamedWindow
    | OVER window                                                               # overWindow
    ;

window
    : LEFT_PAREN identifier? windowPartition? orderBy? frame? RIGHT_PAREN       # windowInParentheses
    ;

windowPartition
    : PARTITION BY expression (COMMA expression)* COMMA?                        # partitionOfWindow
    ;

frame
    : frameUnit frameBound exclusion?                                           # frameFrom
    | frameUnit BETWEEN frameBound AND frameBound exclusion?                    # frameBetween
    ;

frameUnit
    : (ROWS | RANGE | GROUPS)                                                   # unitOfFrame
    ;

frameBound
    : UNBOUNDED (PRECEDING | FOLLOWING)                                         # unbounded
    | CURRENT ROW                                                               # currentRow
    | additive (PRECEDING | FOLLOWING)                                          # distance
    ;

exclusion
    : EXCLUDE excluded                                                          # excluding
    ;

excluded
    : CURRENT ROW                                                               # excludeCurrentRow
    | GROUP                                                                     # excludeGroup
    | TIES                                                                      # excludeTies
    | NO OTHERS                                                                 # excludeNoOthers
    ;

// 7. Types ----------------------------------------------------------------------------------------------------------

type
    : baseType arraySuffix*                                                     # typeOrArray
    ;

arraySuffix
    : LEFT_BRACKET RIGHT_BRACKET                                                # brackets
    | ARRAY                                                                     # arrayWord
    ;

baseType
    : TIME typeArguments? (WITHOUT TIME ZONE)?                                  # timeOfDayType
    | TIMESTAMP typeArguments? timeZone?                                        # timestampType
    | TIMESTAMP_LTZ typeArguments?                                              # timestampLtzType
    | INTERVAL (intervalUnit (UNIT_TO intervalUnit)?)?                          # intervalType
    | (ROW | STRUCT) LESS rowField (COMMA rowField)* COMMA? GREATER             # rowType
    | (ROW | STRUCT) LEFT_PAREN rowField (COMMA rowField)* COMMA? RIGHT_PAREN   # rowTypeInParentheses
    | ARRAY LESS type GREATER                                                   # arrayType
    | MAP LESS type COMMA type GREATER                                          # mapType
    | typeName (PRECISION | VARYING)? typeArguments?                            # namedType
    ;

timeZone
    : WITH LOCAL? TIME ZONE                                                     # withTimeZone
    | WITHOUT TIME ZONE                                                         # withoutTimeZone
    ;

intervalUnit
    : TIME_UNIT typeArguments?                                                  # unitOfType
    ;

typeArguments
    : LEFT_PAREN INTEGER (COMMA INTEGER)* RIGHT_PAREN                           # numbers
    ;

rowField
    : identifier COLON? type (NOT NULL)? comment?                               # fieldOfRow
    ;

// 8. Aliases --------------------------------------------------------------------------------------------------------

alias
    : AS identifier                                                             # explicitAlias
    | implicitAlias                                                             # aliasWithoutAs
    ;

columnList
    : LEFT_PAREN identifier (COMMA identifier)* COMMA? RIGHT_PAREN              # columns
    ;

// 9. Names ----------------------------------------------------------------------------------------------------------
// A rule per place a name can stand in: each place takes all words but those that mean something else just there.

name
    : identifier (DOT identifier)*                                              # dottedName
    ;

identifier
    : (IDENTIFIER | QUOTED_IDENTIFIER)                                          # ownName
    | plainWord                                                                 # plainWordAsName
    | continuingWord                                                            # continuingWordAsName
    | callWord                                                                  # callWordAsName
    | typeWord                                                                  # typeWordAsName
    ;

// In a table definition PRIMARY KEY and WATERMARK FOR are told from a column by the word after them.
columnName
    : identifier                                                                # nameOfColumn
    ;

implicitAlias
    : (IDENTIFIER | QUOTED_IDENTIFIER)                                          # ownAlias
    | plainWord                                                                 # plainWordAsAlias
    | typeWord                                                                  # typeWordAsAlias
    ;

functionName
    : (IDENTIFIER | QUOTED_IDENTIFIER)                                          # ownFunction
    | plainWord                                                                 # plainWordAsFunction
    | continuingWord                                                            # continuingWordAsFunction
    | typeWord                                                                  # typeWordAsFunction
    ;

typeName
    : (IDENTIFIER | QUOTED_IDENTIFIER)                                          # ownType
    | plainWord                                                                 # plainWordAsType
    ;

propertyWord
    : identifier                                                                # nameInProperty
    | reservedWord                                                              # reservedWordInProperty
    ;

// Words with no meaning where a name can stand.
plainWord
    : ( EXPLAIN | SET | REPLACE | TEMPORARY | VIEW | MATERIALIZED | FRESHNESS | IF | INTO | METADATA | VIRTUAL | COMMENT
      | WATERMARK | INCLUDING | EXCLUDING | OVERWRITING | CONSTRAINT | PRIMARY | KEY | ENFORCED | FINAL | CHANGES | CLOSE | AFTER | RECURSIVE | LATERAL | GROUPING | SETS | BY | ASC | DESC
      | NULLS | FIRST | LAST | ROWS | NEXT | ONLY | ANY | SOME | PARTITION | EXTEND | DROP | RENAME | CALL | AGGREGATE | ESCAPE | UNKNOWN | ZONE
      | FILTER | TO | DATE | LOCAL | WITHOUT | SYSTEM_TIME | OF | DELAY | EVERY | RANGE | GROUPS | UNBOUNDED | PRECEDING
      | FOLLOWING | CURRENT | EXCLUDE | TIES | NO | OTHERS | ORDINALITY | READY | OPTIONS | FORK | TEE | NAME
      | DESCRIBE | SUMMARIZE
      )                                                                         # plain
    ;

// Words that continue what stands before them, so that they are no alias without AS.
continuingWord
    : ( EMIT | LATE | REJECT | WINDOW | FOR | OFFSET | FETCH | INNER | LEFT | RIGHT | FULL | OUTER | CROSS | NATURAL | SEMI | ANTI
      | ASOF | ILIKE | AT | ARRAY | PRECISION | VARYING
      | OVER | QUALIFY | WAIT
      )                                                                         # continuing
    ;

// Words with a call syntax of their own, so that they name no other function.
callWord
    : ( TABLE | VALUES | EXISTS | DESCRIPTOR | TRY_CAST | EXTRACT | TRIM | SUBSTRING | POSITION | FLOOR | CEIL | ROW
      )                                                                         # calling
    ;

// Words that begin a type with more words or signs.
typeWord
    : (TIME | TIMESTAMP | TIMESTAMP_LTZ | INTERVAL | MAP | STRUCT)              # typing
    ;

reservedWord
    : ( SELECT | FROM | WHERE | GROUP | HAVING | ORDER | LIMIT | UNION | INTERSECT | EXCEPT | JOIN | ON | USING | AS | CREATE
      | INSERT | WITH | DISTINCT | ALL | AND | OR | NOT | IN | IS | BETWEEN | LIKE | CASE | WHEN | THEN | ELSE | END | CAST
      | NULL | TRUE | FALSE
      )                                                                         # reserved
    ;
