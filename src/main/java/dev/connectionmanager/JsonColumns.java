package dev.connectionmanager;

import dev.connectionmanager.json.StoredJson;
import io.quarkus.hibernate.orm.JsonFormat;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.hibernate.type.format.jackson.JacksonJsonFormatMapper;

/** Every JSON column is written and read as {@link StoredJson} has it, whether its type is jsonb or text. */
@JsonFormat
@PersistenceUnitExtension
final class JsonColumns implements FormatMapper {
    private final FormatMapper mapper = new JacksonJsonFormatMapper(StoredJson.mapper());

    @Override
    public <T> T fromString(CharSequence text, JavaType<T> javaType, WrapperOptions options) {
        return mapper.fromString(text, javaType, options);
    }

    @Override
    public <T> String toString(T value, JavaType<T> javaType, WrapperOptions options) {
        return mapper.toString(value, javaType, options);
    }
}
