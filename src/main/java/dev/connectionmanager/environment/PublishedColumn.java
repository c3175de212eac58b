package dev.connectionmanager.environment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.persistence.AttributeConverter;

/** Published metadata as JSON text: an issuer that nobody configured may hold characters that jsonb cannot. */
class PublishedColumn implements AttributeConverter<PublishedMetadata, String> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Override
    public String convertToDatabaseColumn(PublishedMetadata published) {
        try {
            return published == null ? null : JSON.writeValueAsString(published);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public PublishedMetadata convertToEntityAttribute(String text) {
        try {
            return text == null ? null : JSON.readValue(text, PublishedMetadata.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
