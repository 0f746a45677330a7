package io.leat.grammar.parse;

import io.leat.grammar.source.SourceText;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * The text as the lexer reads it: whole code points, at UTF-16 offsets. (ANTLR's own stream counts code points, and every origin
 * would have to be converted.)
 */
final class SourceCharacters implements CharStream {
    private final String name;
    private final String text;
    private int offset;

    SourceCharacters(SourceText source) {
        this.name = source.name();
        this.text = source.text();
    }

    @Override
    public void consume() {
        offset += Character.charCount(text.codePointAt(offset));
    }

    /** Looks ahead for a positive distance and back for a negative one, in code points. */
    @Override
    public int LA(int distance) {
        int at = offset;
        if (distance > 0) {
            for (int step = 1; step < distance && at < text.length(); step++) {
                at += Character.charCount(text.codePointAt(at));
            }
            return at < text.length() ? text.codePointAt(at) : EOF;
        }
        for (int step = -1; step > distance && at > 0; step--) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return distance == 0 ? 0 : at > 0 ? text.codePointBefore(at) : EOF;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return offset;
    }

    @Override
    public void seek(int index) {
        offset = index;
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return name;
    }

    @Override
    public String getText(Interval range) {
        return text.substring(range.a, range.b + 1);
    }
}
