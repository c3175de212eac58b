package dev.connectionmanager.mock.test;

/** @param step {@code publish}, {@code use} or {@code withdraw} */
public record KeyStep(String step) {}
