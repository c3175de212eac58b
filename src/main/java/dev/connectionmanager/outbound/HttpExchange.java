package dev.connectionmanager.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.connectionmanager.outbound.CallResult.ResponseTooLarge.Part;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/**
 * One HTTP/1.1 request and its response (RFC 9112) on a connection that serves nothing else. HttpCore parses; what is
 * read from the other side is counted before it gets there, so that no form of response costs more than the limits.
 */
final class HttpExchange {
    private static final int BUFFER = 2_048;
    private static final int MOST_INTERIM = 5;
    /** Chunk headers and extensions may outgrow the content that they carry; so far they may go. */
    private static final int MOST_CHUNKING = 4;

    private final String userAgent;
    private final Limits limits;
    private final Http1Config config;

    HttpExchange(String userAgent, Limits limits) {
        this.userAgent = userAgent;
        this.limits = limits;
        this.config = Http1Config.custom()
                .setMaxLineLength(limits.headerBytes())
                .setMaxHeaderCount(200)
                .setMaxEmptyLineCount(1)
                .build();
    }

    /** More than was to be read. */
    static final class TooLarge extends IOException {
        final Part part;
        final int limit;

        TooLarge(Part part, int limit) {
            super(part + " over " + limit);
            this.part = part;
            this.limit = limit;
        }
    }

    /** An encoding of the body that was not asked for and is not read. */
    static final class OtherEncoding extends IOException {
        final String encoding;

        OtherEncoding(String encoding) {
            super(encoding);
            this.encoding = encoding;
        }
    }

    /**
     * @throws TooLarge when the headers or the body exceed their limit
     * @throws OtherEncoding when the body has a content encoding that is not read
     * @throws HttpException when the response is not HTTP/1.1
     * @throws IOException when the connection ends early
     */
    Response run(OutboundRequest call, InputStream in, OutputStream out) throws IOException, HttpException {
        long started = System.nanoTime();
        out.write(head(call).getBytes(US_ASCII));
        out.flush();
        var counted = new Counted(in, Part.HEADERS, limits.headerBytes());
        var buffer = new SessionInputBufferImpl(BUFFER, limits.headerBytes());
        ClassicHttpResponse head = responseHead(counted, buffer);
        if (counted.read - buffer.length() > limits.headerBytes()) {
            throw new TooLarge(Part.HEADERS, limits.headerBytes());
        }
        counted.allowBody(limits.bodyBytes());
        byte[] body = body(head, buffer, counted);
        long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        return new Response(head.getCode(), headers(head), body, Duration.ofMillis(taken));
    }

    private String head(OutboundRequest call) {
        var lines = new ArrayList<>(List.of(
                call.method() + " " + call.target() + " HTTP/1.1",
                "Host: " + call.authority(),
                "User-Agent: " + userAgent,
                "Accept: " + call.accept(),
                "Accept-Encoding: identity",
                "Connection: close"));
        if (call.method() == OutboundRequest.Method.POST) {
            lines.add("Content-Type: application/x-www-form-urlencoded");
            lines.add("Content-Length: " + call.form().length());
        }
        return String.join("\r\n", lines) + "\r\n\r\n" + call.form();
    }

    private ClassicHttpResponse responseHead(InputStream in, SessionInputBufferImpl buffer)
            throws IOException, HttpException {
        try {
            for (int i = 0; i <= MOST_INTERIM; i++) {
                var head = new DefaultHttpResponseParser(config).parse(buffer, in);
                if (head == null) {
                    throw new IOException("closed without a response");
                }
                if (head.getVersion().getMajor() != 1) {
                    throw new ProtocolException(head.getVersion().toString());
                }
                if (head.getCode() >= 200) {
                    return head;
                }
            }
        } catch (MessageConstraintException tooLong) {
            throw new TooLarge(Part.HEADERS, limits.headerBytes());
        }
        throw new ProtocolException("interim responses only");
    }

    private byte[] body(ClassicHttpResponse head, SessionInputBufferImpl buffer, InputStream in)
            throws IOException, HttpException {
        if (head.getCode() == 204 || head.getCode() == 304) {
            return new byte[0];
        }
        try {
            // Not closed: that would read the rest. The connection ends with this exchange.
            byte[] body = decoded(head, content(head, buffer, in)).readNBytes(limits.bodyBytes() + 1);
            if (body.length > limits.bodyBytes()) {
                throw new TooLarge(Part.BODY, limits.bodyBytes());
            }
            return body;
        } catch (MessageConstraintException tooLong) {
            throw new TooLarge(Part.BODY, limits.bodyBytes());
        }
    }

    /**
     * No encoding is asked for. Servers that hold their files packed send gzip all the same, and that is read: what comes out
     * of it is counted as well, so that a small answer cannot become a large one.
     */
    private static InputStream decoded(ClassicHttpResponse head, InputStream content) throws IOException {
        var encodings = Stream.of(head.getHeaders("Content-Encoding"))
                .flatMap(header -> Stream.of(header.getValue().split(",")))
                .map(encoding -> encoding.strip().toLowerCase(Locale.ROOT))
                .filter(encoding -> !encoding.isEmpty() && !encoding.equals("identity"))
                .toList();
        if (encodings.isEmpty()) {
            return content;
        }
        if (encodings.size() > 1
                || !encodings.get(0).equals("gzip") && !encodings.get(0).equals("x-gzip")) {
            throw new OtherEncoding(String.join(", ", encodings));
        }
        return new GZIPInputStream(content);
    }

    /** RFC 9112 section 6.3; two lengths are an attack or a broken server (section 11.2). */
    private InputStream content(ClassicHttpResponse head, SessionInputBufferImpl buffer, InputStream in)
            throws HttpException, TooLarge {
        var lengths = head.getHeaders("Content-Length");
        var codings = head.getHeaders("Transfer-Encoding");
        if (lengths.length + codings.length > 1) {
            throw new ProtocolException("more than one Content-Length or Transfer-Encoding");
        }
        if (codings.length == 1) {
            if (!codings[0].getValue().equalsIgnoreCase("chunked")) {
                throw new ProtocolException("Transfer-Encoding " + codings[0].getValue());
            }
            return new ChunkedInputStream(buffer, in, config);
        }
        if (lengths.length == 0) {
            return new IdentityInputStream(buffer, in);
        }
        if (!lengths[0].getValue().matches("[0-9]{1,18}")) {
            throw new ProtocolException("Content-Length " + lengths[0].getValue());
        }
        long length = Long.parseLong(lengths[0].getValue());
        if (length > limits.bodyBytes()) {
            throw new TooLarge(Part.BODY, limits.bodyBytes());
        }
        return new ContentLengthInputStream(buffer, in, length);
    }

    private static Map<String, List<String>> headers(ClassicHttpResponse head) {
        var headers = new HashMap<String, List<String>>();
        for (var header : head.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                    .add(header.getValue());
        }
        return headers;
    }

    /** Stops the reading when what was allowed has been read. */
    private static final class Counted extends FilterInputStream {
        private Part part;
        private int limit;
        private int read;
        private int allowed;

        /** A buffer’s length more than the limit: what it reads ahead belongs to the body. */
        Counted(InputStream in, Part part, int limit) {
            super(in);
            this.part = part;
            this.limit = limit;
            this.allowed = limit + BUFFER;
        }

        void allowBody(int limit) {
            this.part = Part.BODY;
            this.limit = limit;
            this.allowed = read + MOST_CHUNKING * limit;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (read >= allowed) {
                throw new TooLarge(part, limit);
            }
            int got = super.read(into, from, Math.min(length, allowed - read));
            read += Math.max(got, 0);
            return got;
        }
    }
}
