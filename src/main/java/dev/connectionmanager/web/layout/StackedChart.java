package dev.connectionmanager.web.layout;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A chart of horizontal bars with parts, drawn on the server with an axis and a legend; the tag {@code stackedChart} shows it with a
 * table of its figures.
 *
 * @param title what it shows
 * @param of what a row is, as the head of the table's first column
 * @param unit behind each figure; empty for plain numbers
 * @param parts the names of the parts, at most four
 */
public record StackedChart(String title, String of, String unit, List<String> parts, List<Row> rows) {
    private static final int ROW = 52;
    private static final int LONGEST = 330;
    private static final int AXIS = 34;
    private static final int TICKS = 4;
    private static final int PERCENT = 100;

    /** @param values one for each part */
    public record Row(String label, List<Long> values) {
        public long total() {
            return values.stream().mapToLong(Long::longValue).sum();
        }
    }

    /** A part of a bar. */
    public record Piece(int part, int x, int width) {}

    /** A line of the axis. */
    public record Tick(int x, String label) {}

    public int height() {
        return rows.size() * ROW + AXIS;
    }

    public int axis() {
        return rows.size() * ROW + 4;
    }

    public int y(int index) {
        return index * ROW;
    }

    public boolean several() {
        return parts.size() > 1;
    }

    public List<Piece> pieces(Row row) {
        var end = end();
        return IntStream.range(0, parts.size())
                .filter(part -> row.values().get(part) > 0)
                .mapToObj(part -> {
                    var before = row.values().subList(0, part).stream()
                            .mapToLong(Long::longValue)
                            .sum();
                    var x = scaled(before, end);
                    // At least a hair wide.
                    return new Piece(
                            part, x, Math.max(1, scaled(before + row.values().get(part), end) - x));
                })
                .toList();
    }

    /** Where the figure of a whole bar stands. */
    public int after(Row row) {
        return scaled(row.total(), end()) + 6;
    }

    public String said(long value) {
        return String.format(Locale.UK, "%,d", value) + unit;
    }

    public List<Tick> ticks() {
        var end = end();
        var step = step();
        return IntStream.rangeClosed(0, (int) (end / step))
                .mapToObj(i -> new Tick(scaled(i * step, end), said(i * step)))
                .toList();
    }

    private static int scaled(long value, long end) {
        return (int) (value * LONGEST / end);
    }

    /** Where the axis ends: at a whole number of steps. */
    private long end() {
        var step = step();
        return Math.max(1, (most() + step - 1) / step) * step;
    }

    /** 1, 2 or 5 and zeros, so that there are few steps. */
    private long step() {
        long step = 1;
        for (int i = 0; most() > step * TICKS; i++) {
            step = i % 3 == 1 ? step / 2 * 5 : step * 2;
        }
        return step;
    }

    private long most() {
        return unit.equals("%")
                ? PERCENT
                : rows.stream().mapToLong(Row::total).max().orElse(0);
    }
}
