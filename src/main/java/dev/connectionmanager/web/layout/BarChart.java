package dev.connectionmanager.web.layout;

import java.util.List;

/** A small chart of horizontal bars, drawn on the server; the tag {@code barChart} shows it, beside a table. */
public record BarChart(String title, List<Bar> bars) {
    private static final int ROW = 48;
    private static final int LONGEST = 320;

    /** @param label a few words, above the bar */
    public record Bar(String label, int value) {
        public String said() {
            return Totals.said(value);
        }
    }

    public int height() {
        return bars.size() * ROW;
    }

    public int y(int index) {
        return index * ROW;
    }

    /** At least a hair wide, unless it is nothing. */
    public int width(Bar bar) {
        var most = bars.stream().mapToInt(Bar::value).max().orElse(0);
        return most == 0 || bar.value() == 0 ? 0 : Math.max(1, (int) ((long) bar.value() * LONGEST / most));
    }
}
