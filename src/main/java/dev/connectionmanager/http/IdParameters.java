package dev.connectionmanager.http;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Refusal;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.UUID;

/**
 * Reads the ids in addresses. The framework's own way takes short groups of digits too, so that one id would have many
 * spellings; what is no id in the one spelling is 404, like an id that nothing has.
 */
@Provider
class IdParameters implements ParamConverterProvider {
    @Override
    @SuppressWarnings("unchecked")
    public <T> ParamConverter<T> getConverter(Class<T> rawType, Type genericType, Annotation[] annotations) {
        return rawType == UUID.class ? (ParamConverter<T>) new Id() : null;
    }

    private static final class Id implements ParamConverter<UUID> {
        /** @throws Refusal.NotFound for anything but a GUID with all its digits and hyphens */
        @Override
        public UUID fromString(String sent) {
            return Ids.uuid(sent);
        }

        @Override
        public String toString(UUID id) {
            return id.toString();
        }
    }
}
