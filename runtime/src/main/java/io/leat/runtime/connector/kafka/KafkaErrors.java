package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Says in words what went wrong with a topic. */
final class KafkaErrors {
    private final String topic;
    private final String servers;

    KafkaErrors(String topic, ClientProperties properties) {
        this.topic = topic;
        this.servers = properties.servers();
    }

    /** The error that people see. {@code doing} goes behind "while", such as {@code reading it}. */
    ConnectorException translate(String doing, Throwable thrown) {
        Throwable error = thrown;
        while (error.getCause() != null && (isWrapper(error) || error.getCause() instanceof ConfigException)) {
            error = error.getCause();
        }
        return new ConnectorException(kind(error), message(doing, error), thrown);
    }

    private static boolean isWrapper(Throwable error) {
        return error instanceof ExecutionException
                || error instanceof CompletionException
                || error.getClass() == KafkaException.class;
    }

    private static boolean isTimeout(Throwable error) {
        return error instanceof TimeoutException || error instanceof java.util.concurrent.TimeoutException;
    }

    /** Whether the brokers take nothing any more from this client for its transaction. */
    static boolean isFenced(Throwable error) {
        return error instanceof ProducerFencedException
                || error instanceof InvalidProducerEpochException
                || error instanceof InvalidTxnStateException;
    }

    private static Kind kind(Throwable error) {
        if (isTimeout(error) || isUnresolved(error)) {
            return Kind.UNREACHABLE;
        }
        if (error instanceof UnknownTopicOrPartitionException) {
            return Kind.INPUT_MISSING;
        }
        boolean configuration = error instanceof AuthenticationException
                || error instanceof AuthorizationException
                || error instanceof InvalidTopicException
                || error instanceof ConfigException;
        return configuration ? Kind.CONFIGURATION : Kind.IO;
    }

    private static boolean isUnresolved(Throwable error) {
        return error.getMessage() != null && error.getMessage().contains("No resolvable bootstrap");
    }

    private String message(String doing, Throwable error) {
        if (isTimeout(error)) {
            return "topic '" + topic + "': no broker of " + servers + " answered in time while " + doing;
        }
        if (isUnresolved(error)) {
            return "topic '" + topic + "': no host of " + servers + " is known";
        }
        if (error instanceof UnknownTopicOrPartitionException) {
            return "there is no topic '" + topic + "' at " + servers;
        }
        if (error instanceof InvalidTopicException) {
            return "'" + topic + "' cannot be the name of a topic";
        }
        if (error instanceof AuthenticationException) {
            return "topic '" + topic + "': the brokers of " + servers + " refused the login";
        }
        if (error instanceof AuthorizationException) {
            return "topic '" + topic + "': the brokers of " + servers + " do not allow " + doing;
        }
        if (isFenced(error)) {
            return "topic '" + topic
                    + "': another start of the job writes now, or the transaction was open for longer than"
                    + " 'properties.transaction.timeout.ms': nothing of the epoch is seen, and the next start does it anew";
        }
        if (error instanceof RecordTooLargeException) {
            return "topic '" + topic + "': a record is larger than the topic or 'properties.max.request.size' allows";
        }
        return "topic '" + topic + "': failed while " + doing + ": " + plain(error);
    }

    /** The library's words without names of classes. */
    private static String plain(Throwable error) {
        String message = error.getMessage();
        return message == null
                ? "no reason given"
                : message.replaceAll("\\b(?:org|java|javax|com|sun)\\.[\\w.$]+(?:: ?)?", "")
                        .strip();
    }
}
