package dev.connectionmanager.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.connectionmanager.verification.CheckReport;
import jakarta.persistence.AttributeConverter;
import java.util.List;

/** Check reports as JSON text. */
public class ReportsColumn implements AttributeConverter<List<CheckReport>, String> {
    @Override
    public String convertToDatabaseColumn(List<CheckReport> reports) {
        try {
            return reports == null ? null : ReportColumn.JSON.writeValueAsString(reports);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<CheckReport> convertToEntityAttribute(String text) {
        try {
            return text == null ? null : ReportColumn.JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
