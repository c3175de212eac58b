/**
 * REST v1: turns JSON bodies into what the acts take, and what they answer into JSON. A thin edge: no rule, no right and
 * no sentence lives here, and it never sees the pages.
 */
package dev.connectionmanager.api;
