package dev.connectionmanager.mock.fault;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer, or a part of one, that can still be changed. */
public final class Draft {
    private final Point point;
    private final Map<String, Object> members;
    private final Map<String, Object> header = new LinkedHashMap<>();
    private int status = 200;

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

    /** The HTTP status that it is answered with; of what is part of another answer it has no meaning. */
    public int status() {
        return status;
    }

    public void status(int other) {
        status = other;
    }
}
