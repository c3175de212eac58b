package dev.connectionmanager.web.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A text of the description: plain, but for code between backticks (CommonMark 0.31 section 6.1). */
record Text(List<Part> parts) {
    record Part(boolean code, String text) {}

    static Text of(JsonNode described) {
        var parts = new ArrayList<Part>();
        var pieces = described.asText().split("`", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (!pieces[i].isEmpty()) {
                parts.add(new Part(i % 2 == 1, pieces[i]));
            }
        }
        return new Text(parts);
    }
}
