package dev.connectionmanager.web.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.description.ApiDescription;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The description of the API as its pages show it. */
final class ApiReference {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String DESCRIPTION = "description";
    private static final String REF = "$ref";
    private static final String CODE = "Code";

    private final ObjectNode document;

    ApiReference(ApiDescription description) {
        document = description.document();
    }

    /** Operations that belong together. */
    record Group(String id, String name, String description, List<Operation> operations, List<Schema> schemas) {
        /** Without this one the page of the group could not be found. */
        static String id(String name) {
            return name.toLowerCase(Locale.ROOT)
                    .replace(' ', '-')
                    .replace("(", "")
                    .replace(")", "");
        }
    }

    record Operation(
            String id,
            String method,
            String path,
            String summary,
            Text description,
            List<Member> parameters,
            Body body,
            List<Answer> answers) {}

    /** What is sent: {@code null} where an operation takes nothing. */
    record Body(List<String> mediaTypes, String schema, String example) {}

    /**
     * @param headers what the answer says beside its body
     * @param example of the body; {@code null} where there is none
     */
    record Answer(String status, Text description, String schema, List<Member> headers, String example) {}

    record Schema(String name, Text description, List<Member> members, List<String> values) {}

    /**
     * @param type in words
     * @param schema what it is or what a list of it holds, where that has a name; {@code null} otherwise
     */
    record Member(String name, String place, boolean required, String type, String schema, Text description) {}

    record Code(String code, String sentence) {}

    List<Group> groups() {
        return stream(document.path("tags"))
                .map(tag ->
                        group(tag.path("name").asText(), tag.path(DESCRIPTION).asText()))
                .toList();
    }

    Optional<Group> group(String id) {
        return groups().stream().filter(group -> group.id().equals(id)).findFirst();
    }

    /** What every answer's {@code code} can be. */
    List<Code> codes() {
        return document.at("/components/schemas/Code/x-known-values").properties().stream()
                .map(code -> new Code(code.getKey(), code.getValue().asText()))
                .toList();
    }

    String introduction() {
        return document.at("/info/description").asText();
    }

    private Group group(String name, String description) {
        var operations = new ArrayList<Operation>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(one -> METHODS.contains(one.getKey()))
                .filter(one -> one.getValue().at("/tags/0").asText().equals(name))
                .map(one -> operation(path.getKey(), path.getValue(), one))
                .forEach(operations::add));
        return new Group(Group.id(name), name, description, operations, schemas(operations));
    }

    private Operation operation(String path, JsonNode item, Map.Entry<String, JsonNode> entry) {
        var operation = entry.getValue();
        var parameters = Stream.concat(stream(item.path("parameters")), stream(operation.path("parameters")))
                .map(this::resolved)
                .map(this::parameter)
                .toList();
        return new Operation(
                operation.path("operationId").asText(),
                entry.getKey().toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asText(),
                Text.of(operation.path(DESCRIPTION)),
                parameters,
                operation.has("requestBody") ? body(operation.path("requestBody")) : null,
                operation.path("responses").properties().stream()
                        .map(answer -> answer(answer.getKey(), resolved(answer.getValue())))
                        .sorted((one, other) -> one.status().compareTo(other.status()))
                        .toList());
    }

    private Body body(JsonNode body) {
        var content = body.path("content");
        var first = content.elements().next();
        return new Body(
                content.properties().stream().map(Map.Entry::getKey).toList(),
                name(first.path("schema")),
                example(first));
    }

    private static String example(JsonNode content) {
        var example = content.path("example");
        if (example.isMissingNode()) {
            return null;
        }
        return example.isTextual() ? example.textValue() : example.toPrettyString();
    }

    private Answer answer(String status, JsonNode answer) {
        var media = answer.path("content").elements();
        var content = media.hasNext() ? media.next() : answer.path("content");
        var headers = answer.path("headers").properties().stream()
                .map(header -> member(header.getKey(), "", false, resolved(header.getValue())))
                .toList();
        return new Answer(
                status, Text.of(answer.path(DESCRIPTION)), name(content.path("schema")), headers, example(content));
    }

    private Member parameter(JsonNode parameter) {
        return member(
                parameter.path("name").asText(),
                parameter.path("in").asText(),
                parameter.path("required").asBoolean(),
                parameter);
    }

    private static Member member(String name, String place, boolean required, JsonNode described) {
        var schema = described.path("schema");
        return new Member(
                name,
                place,
                required,
                Types.inWords(schema),
                name(Types.held(schema)),
                Text.of(described.path(DESCRIPTION)));
    }

    /** What these operations take and answer, and what that consists of; problem documents have a page of their own. */
    private List<Schema> schemas(List<Operation> operations) {
        var names = new LinkedHashSet<String>();
        operations.forEach(operation -> {
            if (operation.body() != null) {
                collect(operation.body().schema(), names);
            }
            operation.answers().forEach(answer -> collect(answer.schema(), names));
        });
        return names.stream().map(this::schema).toList();
    }

    private void collect(String name, Set<String> names) {
        if (name != null && !name.equals("Problem") && !name.equals(CODE) && names.add(name)) {
            schemaNode(name).findValuesAsText(REF).forEach(ref -> collect(last(ref), names));
        }
    }

    Schema schema(String name) {
        var schema = schemaNode(name);
        var required = stream(schema.path("required")).map(JsonNode::asText).toList();
        var members = schema.path("properties").properties().stream()
                .map(member -> new Member(
                        member.getKey(),
                        "",
                        required.contains(member.getKey()),
                        Types.inWords(member.getValue()),
                        name(Types.held(member.getValue())),
                        Text.of(member.getValue().path(DESCRIPTION))))
                .toList();
        var values = stream(schema.path("enum")).map(JsonNode::asText).toList();
        return new Schema(name, Text.of(schema.path(DESCRIPTION)), members, values);
    }

    private JsonNode schemaNode(String name) {
        return document.at("/components/schemas/" + name);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has(REF) ? document.at(node.get(REF).textValue().substring(1)) : node;
    }

    /** Codes have a page of their own. */
    private static String name(JsonNode schema) {
        return schema.has(REF) && !last(schema.get(REF).textValue()).equals(CODE)
                ? last(schema.get(REF).textValue())
                : null;
    }

    private static String last(String ref) {
        return ref.substring(ref.lastIndexOf('/') + 1);
    }

    private static Stream<JsonNode> stream(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
