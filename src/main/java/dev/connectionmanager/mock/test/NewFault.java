package dev.connectionmanager.mock.test;

/**
 * A fault that is asked for.
 *
 * @param times how often; {@code null} = once
 * @param always in place of a number
 */
public record NewFault(String name, Long times, Boolean always) {}
