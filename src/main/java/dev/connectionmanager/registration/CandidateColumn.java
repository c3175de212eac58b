package dev.connectionmanager.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.persistence.AttributeConverter;

/** A candidate as JSON text: it may hold characters that no rule accepts and jsonb cannot store. */
public class CandidateColumn implements AttributeConverter<Candidate, String> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String convertToDatabaseColumn(Candidate candidate) {
        if (candidate == null) {
            return null;
        }
        try {
            return JSON.writeValueAsString(candidate);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Candidate convertToEntityAttribute(String text) {
        if (text == null) {
            return null;
        }
        try {
            return JSON.readValue(text, Candidate.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
