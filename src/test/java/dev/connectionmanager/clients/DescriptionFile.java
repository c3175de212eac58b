package dev.connectionmanager.clients;

import dev.connectionmanager.description.ApiDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the description of the API down, for generators. */
final class DescriptionFile {
    static final Path PLACE = Path.of("target", "clients", "openapi.json");

    private DescriptionFile() {}

    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(PLACE.getParent());
        Files.writeString(PLACE, new ApiDescription().document().toString());
    }
}
