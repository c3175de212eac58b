/**
 * What every request passes on its way in and every answer on its way out, whichever edge it came by. Decides once, by path,
 * which {@link dev.connectionmanager.http.Edge} that is. Knows credentials and sessions, and how refusals are told; must not
 * know what any page, resource or act does.
 */
package dev.connectionmanager.http;
