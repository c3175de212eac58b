package dev.connectionmanager.mock.fault;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer, or a part of one, that can still be changed. */
public final class Draft {
    /** Headers of an answer that never go out: after how many seconds it is sent, and whether the connection is closed instead. */
    public static final String DELAY = "Mock-Delay";

    public static final String CUT = "Mock-Cut";

    private final Point point;
    private final Map<String, Object> members;
    private final Map<String, Object> header = new LinkedHashMap<>();
    private Signature signature = Signature.GOOD;
    private int status = 200;
    private int delaySeconds;
    private boolean cut;
    private String text;

    /** How it is signed. */
    public enum Signature {
        GOOD,
        /** With the right key, and altered. */
        BROKEN,
        /** With a key that the issuer does not publish. */
        OTHER_KEY,
        /** {@code alg} is {@code none}: RFC 7519 section 6. */
        NONE,
        /** HS256, with the issuer's public key in PEM as the secret: a client that reads {@code alg} takes it. */
        PUBLIC_KEY_AS_SECRET,
        /** It is no token, but what would be in it. */
        LEFT_OUT
    }

    private Draft(Point point, Map<String, Object> members) {
        this.point = point;
        this.members = members;
    }

    public static Draft of(Point point, Map<String, ?> members) {
        return new Draft(point, new LinkedHashMap<>(members));
    }

    public Point point() {
        return point;
    }

    /** Claims, members or parameters: see {@link Point}. To be changed. */
    public Map<String, Object> members() {
        return members;
    }

    /** Of what is signed: its JOSE header, {@code alg} and {@code kid} included. To be changed. */
    public Map<String, Object> header() {
        return header;
    }

    public Signature signature() {
        return signature;
    }

    public void signature(Signature other) {
        signature = other;
    }

    /** The HTTP status that it is answered with; of what is part of another answer it has no meaning. */
    public int status() {
        return status;
    }

    public void status(int other) {
        status = other;
    }

    /** Whether it is answered as JSON, though it would be signed. */
    public boolean unsigned() {
        return signature == Signature.LEFT_OUT || status != 200;
    }

    /** After how many seconds it is answered. */
    public int delaySeconds() {
        return delaySeconds;
    }

    void delay(int seconds) {
        delaySeconds = seconds;
    }

    /** Whether the connection is closed in place of an answer. */
    public boolean isCut() {
        return cut;
    }

    void cut() {
        cut = true;
    }

    /** What is answered in place of its members; {@code null} = these. */
    public String text() {
        return text;
    }

    void text(String other) {
        text = other;
    }
}
