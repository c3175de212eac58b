package dev.connectionmanager.http;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Keeps metrics few: each label that somebody could make up would be kept for ever. Paths: {@link RequestArrivals}. */
class MetricLabels {
    private MetricLabels() {}

    @Produces
    @Singleton
    static MeterFilter knownMethods() {
        return MeterFilter.replaceTagValues(
                "method",
                madeUp -> "OTHER",
                "GET",
                "HEAD",
                "POST",
                "PUT",
                "PATCH",
                "DELETE",
                "OPTIONS",
                "TRACE",
                "CONNECT");
    }
}
