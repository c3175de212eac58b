package dev.connectionmanager.outbound;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** What came of one call. */
public sealed interface CallResult {

    /** The name led to no address. */
    record DnsFailed(Reason reason, Duration taken) implements CallResult {
        /** What a team can tell apart. */
        public enum Reason {
            /** No such name, or no address. */
            NO_ANSWER,
            /** No answer in time, or the name servers failed: worth another try. */
            TIMEOUT,
            /** More addresses than one service has. */
            TOO_MANY_ANSWERS
        }
    }

    /** At least one address of the name is not public: the name is refused as a whole. */
    record AddressNotPublic(InetAddress refused, List<InetAddress> answers, Duration resolving) implements CallResult {}

    /** No address of the name took the TCP connection. */
    record ConnectionFailed(InetAddress address, int port, String detail, Duration resolving, Duration connecting)
            implements CallResult {}

    /** TCP was connected; the outcomes from here on know what TLS showed. */
    sealed interface Connected extends CallResult {
        Handshake handshake();
    }

    /** The handshake did not complete. */
    record TlsFailed(Handshake handshake) implements Connected {}

    /** The handshake completed and whoever asked did not want to go on. Nothing was sent. */
    record Stopped(Handshake handshake) implements Connected {}

    /** The response had more than {@code limit} octets of headers or body; the rest was not read. */
    record ResponseTooLarge(Handshake handshake, Part part, int limit) implements Connected {
        /** What was too large. */
        public enum Part {
            HEADERS,
            BODY
        }
    }

    /** The whole call had not ended within the limit. */
    record ResponseTooSlow(Handshake handshake, Duration limit) implements Connected {}

    /** The response was cut short, or is not HTTP/1.1 as RFC 9112 has it. */
    record ResponseMalformed(Handshake handshake, String detail) implements Connected {}

    /** The body has a content encoding that was not asked for and is not read. */
    record ResponseEncoded(Handshake handshake, String encoding) implements Connected {}

    /** A complete response, of any status. */
    record Answered(Handshake handshake, Response response) implements Connected {}
}
