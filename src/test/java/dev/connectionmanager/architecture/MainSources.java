package dev.connectionmanager.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.ToolProvider;

/** The portal's own source files, parsed: for tests on what stands in them. */
public final class MainSources {
    private static final Path ROOT = Path.of("src/main/java/dev/connectionmanager");
    private static final List<CompilationUnitTree> FILES = parsed();

    private MainSources() {}

    /** @param room relative to the root package: {@code web}; a room holds its nested rooms */
    public static Stream<CompilationUnitTree> files(String room) {
        var directory = ROOT.resolve(room).toAbsolutePath();
        return FILES.stream().filter(file -> path(file).startsWith(directory));
    }

    public static List<CompilationUnitTree> all() {
        return FILES;
    }

    /** The rooms right under the root package. */
    public static Set<String> rooms() {
        var rooms = new HashSet<String>();
        FILES.stream()
                .map(file -> ROOT.toAbsolutePath().relativize(path(file)))
                .filter(file -> file.getNameCount() > 1)
                .forEach(file -> rooms.add(file.getName(0).toString()));
        return rooms;
    }

    public static Set<String> literals() {
        var found = new HashSet<String>();
        FILES.forEach(file -> new TreePathScanner<Void, Void>() {
            @Override
            public Void visitLiteral(LiteralTree literal, Void nothing) {
                if (literal.getValue() instanceof String text) {
                    found.add(text);
                }
                return null;
            }
        }.scan(file, null));
        return found;
    }

    static CompilationUnitTree parse(String source) {
        try {
            var file = Files.createTempDirectory("parsed").resolve("Sample.java");
            Files.writeString(file, source);
            return parse(List.of(file)).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(CompilationUnitTree file) {
        return Path.of(file.getSourceFile().toUri());
    }

    private static List<CompilationUnitTree> parsed() {
        try (var files = Files.walk(ROOT.toAbsolutePath())) {
            return parse(files.filter(file -> file.toString().endsWith(".java")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<CompilationUnitTree> parse(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(null, null, null);
        var task = (JavacTask) compiler.getTask(
                null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
        return new ArrayList<>(StreamSupport.stream(task.parse().spliterator(), false)
                .map(CompilationUnitTree.class::cast)
                .toList());
    }
}
