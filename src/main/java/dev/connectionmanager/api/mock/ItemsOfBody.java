package dev.connectionmanager.api.mock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A body that is a list of objects, {@code {"items": […]}}, as lists are answered. */
final class ItemsOfBody {
    private static final String ITEMS = "items";
    private static final Set<String> KNOWN = Set.of(ITEMS, "next_cursor");

    private ItemsOfBody() {}

    /** @throws Refusal.Rejected for anything else */
    static List<ObjectNode> read(ObjectNode body) {
        var found = new Violations.Collector();
        body.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                found.add(name, Rule.UNKNOWN_MEMBER);
            }
        });
        List<ObjectNode> objects = new ArrayList<>();
        if (!body.path(ITEMS).isArray()) {
            found.add(ITEMS, Rule.WRONG_TYPE, "array");
        }
        for (var item : body.path(ITEMS)) {
            if (item instanceof ObjectNode object) {
                objects.add(object);
            } else {
                found.add(ITEMS + "/" + objects.size(), Rule.WRONG_TYPE, "object");
            }
        }
        Refusal.Rejected.ifBlocking(found.violations());
        return objects;
    }
}
