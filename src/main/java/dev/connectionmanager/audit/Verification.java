package dev.connectionmanager.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges an exported trail: chain after chain, each from sequence 1 without a gap, every record as its hash says, and every
 * chain at least as long as the checkpoints saw it and the same up to there. Needs neither database nor network, and keeps
 * no record in memory.
 *
 * <p>What it cannot see: records younger than the last checkpoint that were cut off, or rewritten with fresh hashes, and
 * what was done to records before they were sealed.
 */
final class Verification {
    private final Map<String, NavigableMap<Long, Confirmed>> confirmed = new HashMap<>();
    private final Set<String> chains = new HashSet<>();
    private final String onlyChain;
    private long records;
    private long unsealed;
    private String latest;
    private Checkpoint first;

    private String chain;
    private TrailLine last;

    /** What a checkpoint says of one record. */
    private record Confirmed(String hash, String by) {}

    /** The first record that is not as it was written. The message names it. */
    static final class NotGenuine extends Exception {
        NotGenuine(String message) {
            super(message);
        }
    }

    /**
     * What was checked.
     *
     * @param unsealed how many were not sealed yet when they were exported: of those nothing can be said
     * @param latest the youngest checkpoint; {@code null} without any
     * @param first the oldest one, where it is not the first that was taken; {@code null} where it is, and without any
     */
    record Summary(long records, int chains, long unsealed, String latest, String first) {}

    /** @param onlyChain the export of one team alone holds this chain alone; {@code null} = it holds all of them */
    Verification(String onlyChain) {
        this.onlyChain = onlyChain;
    }

    /** @param checkpoint a genuine one, and younger than those before */
    void confirm(Checkpoint checkpoint) {
        var name = "checkpoint " + checkpoint.number() + " of " + checkpoint.time();
        for (var head : checkpoint.heads()) {
            if (onlyChain == null || onlyChain.equals(head.chain())) {
                confirmed
                        .computeIfAbsent(head.chain(), unknown -> new TreeMap<>())
                        .putIfAbsent(head.sequence(), new Confirmed(head.hash(), name));
            }
        }
        latest = name;
        first = first == null ? checkpoint : first;
    }

    /**
     * @param export JSON lines, by chain and sequence; see {@link TrailLine}
     * @throws NotGenuine naming the first bad record
     */
    Summary verify(BufferedReader export) throws IOException, NotGenuine {
        String text;
        for (long number = 1; (text = export.readLine()) != null; number++) {
            next(parse(text, number));
        }
        finish();
        var begins =
                first == null || first.number() == 1 ? null : "checkpoint " + first.number() + " of " + first.time();
        return new Summary(records, chains.size(), unsealed, latest, begins);
    }

    private static TrailLine parse(String text, long number) throws NotGenuine {
        try {
            var line = TrailLine.parse(text);
            if (line.sealed()) {
                line.sequence();
            }
            return line;
        } catch (IllegalArgumentException e) {
            throw new NotGenuine("Line " + number + " is no record of the trail: " + e.getMessage() + ".");
        }
    }

    private void next(TrailLine line) throws NotGenuine {
        if (!line.sealed()) {
            unsealed++;
            return;
        }
        if (!line.chain().equals(chain)) {
            begin(line);
        }
        mustBeTheNext(line);
        if (!line.computedHash().equals(line.hash())) {
            throw bad(line, "what it says does not match its hash: it was changed");
        }
        if (!line.field("previous_hash").equals(last == null ? TrailLine.FIRST_PREVIOUS_HASH : last.hash())) {
            throw bad(
                    line,
                    last == null
                            ? "it is not the first record that was written"
                            : "it does not continue sequence " + last.sequence() + ": one of the two was replaced");
        }
        mustBeAsConfirmed(line);
        last = line;
        records++;
    }

    private void begin(TrailLine line) throws NotGenuine {
        endOfChain();
        chain = line.chain();
        last = null;
        if (!chains.add(chain)) {
            throw bad(line, "its chain has ended before in this export: it is out of order");
        }
        if (onlyChain != null && !onlyChain.equals(chain)) {
            throw bad(line, "only chain " + onlyChain + " was expected");
        }
    }

    private void mustBeTheNext(TrailLine line) throws NotGenuine {
        var owner = line.field("team_id") == null ? AuditEvent.PORTAL : line.field("team_id");
        if (!chain.equals(owner)) {
            throw bad(line, "it belongs to chain " + owner);
        }
        var expected = last == null ? 1 : last.sequence() + 1;
        if (line.sequence() != expected) {
            throw new NotGenuine("Chain " + chain + ", sequence " + expected + " is missing or out of order: sequence "
                    + line.sequence() + " stands in its place.");
        }
    }

    private void mustBeAsConfirmed(TrailLine line) throws NotGenuine {
        var known = confirmed.getOrDefault(chain, new TreeMap<>());
        var here = known.get(line.sequence());
        if (here != null && !here.hash().equals(line.hash())) {
            var before = known.lowerKey(line.sequence());
            throw bad(
                    line,
                    "it is not the record that " + here.by() + " confirms: sequence "
                            + (before == null ? 1 : before + 1) + " to " + line.sequence()
                            + " were rewritten, all or in part");
        }
    }

    private void endOfChain() throws NotGenuine {
        if (chain == null || !confirmed.containsKey(chain)) {
            return;
        }
        var latest = confirmed.get(chain).lastEntry();
        if (latest.getKey() > last.sequence()) {
            throw new NotGenuine("Chain " + chain + ", sequence " + (last.sequence() + 1) + " is missing: the chain was"
                    + " cut off there, while " + latest.getValue().by() + " confirms sequence " + latest.getKey()
                    + ".");
        }
    }

    private void finish() throws NotGenuine {
        endOfChain();
        for (var known : new TreeMap<>(confirmed).entrySet()) {
            if (!chains.contains(known.getKey())) {
                var latest = known.getValue().lastEntry();
                throw new NotGenuine(
                        "Chain " + known.getKey() + ", sequence 1 is missing: the whole chain is gone, while "
                                + latest.getValue().by() + " confirms sequence " + latest.getKey() + ".");
            }
        }
    }

    private static NotGenuine bad(TrailLine line, String why) {
        return new NotGenuine("Chain " + line.chain() + ", sequence " + line.sequence() + ": " + why + ".");
    }
}
