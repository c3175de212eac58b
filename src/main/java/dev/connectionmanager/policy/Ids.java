package dev.connectionmanager.policy;

import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in paths and forms. */
public final class Ids {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** Whether this is a GUID in the one spelling with all its hyphens. */
    public static boolean isUuid(String id) {
        return UUID_FORM.matcher(id).matches();
    }

    /** @throws Refusal.NotFound for anything but a GUID: there is nothing of that name */
    public static UUID uuid(String id) {
        // UUID.fromString alone takes short groups, so that one id would have many spellings.
        if (!isUuid(id)) {
            throw new Refusal.NotFound();
        }
        return UUID.fromString(id);
    }
}
