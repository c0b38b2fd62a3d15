/* SPDX-License-Identifier: MIT
 *
 * input.c: octets from memory, files, pipes and sockets.
 */
#include "check.h"
#include "guard.h"
#include <errno.h>
#include <fcntl.h>
#include <nf9/stream.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static void memory_in_pieces(void)
{
    nf9_input in;
    uint8_t buf[3];
    size_t got = 99;

    check_case("memory");
    nf9_input_memory(&in, octets("0102030405"));
    CHECK_STATUS(in.read(&in, buf, 3, &got), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ buf, got }), "010203");
    CHECK_STATUS(in.read(&in, buf, 3, &got), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ buf, got }), "0405");
    CHECK_STATUS(in.read(&in, buf, 3, &got), NF9_END);
    CHECK_STATUS(in.read(&in, buf, 3, &got), NF9_END);
    nf9_input_memory(&in, (nf9_bytes){ NULL, 0 });
    CHECK_STATUS(in.read(&in, buf, 3, &got), NF9_END);
    nf9_input_close(&in);
    guard_release();
}

static void a_pipe_gives_what_is_there(void)
{
    int ends[2];
    nf9_input in;
    uint8_t buf[10];
    size_t got;

    check_case("pipe");
    if (!CHECK(pipe(ends) == 0))
        return;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    nf9_input_fd(&in, ends[0]);
    CHECK_STATUS(in.read(&in, buf, sizeof buf, &got), NF9_AGAIN);
    CHECK(write(ends[1], "abc", 3) == 3);
    CHECK_STATUS(in.read(&in, buf, sizeof buf, &got), NF9_OK);
    CHECK_UINT(got, 3);
    CHECK(memcmp(buf, "abc", 3) == 0);
    CHECK_STATUS(in.read(&in, buf, sizeof buf, &got), NF9_AGAIN);
    CHECK_INT(in.system_error, 0);
    close(ends[1]);
    CHECK_STATUS(in.read(&in, buf, sizeof buf, &got), NF9_END);
    nf9_input_close(&in); /* it is not its own */
    CHECK(fcntl(ends[0], F_GETFD) != -1);
    close(ends[0]);
}

static int to_write = -1, signals;

static void on_alarm(int number)
{
    (void)number;
    if (++signals == 3) /* two interrupt the read, the third brings what it waits for */
        signals += write(to_write, "x", 1) == 1 ? 0 : 100;
}

static void a_signal_does_not_end_a_read(void)
{
    struct sigaction act = { .sa_handler = on_alarm };
    const struct itimerval often = { { 0, 5000 }, { 0, 5000 } }, never = { { 0, 0 }, { 0, 0 } };
    int ends[2];
    nf9_input in;
    uint8_t buf[10];
    size_t got = 0;

    check_case("signals");
    if (!CHECK(pipe(ends) == 0))
        return;
    to_write = ends[1];
    sigaction(SIGALRM, &act, NULL); /* no SA_RESTART: read answers EINTR */
    setitimer(ITIMER_REAL, &often, NULL);
    nf9_input_fd(&in, ends[0]);
    CHECK_STATUS(in.read(&in, buf, sizeof buf, &got), NF9_OK);
    setitimer(ITIMER_REAL, &never, NULL);
    CHECK_UINT(got, 1);
    CHECK(signals >= 3 && signals < 100);
    close(ends[0]);
    close(ends[1]);
}

static void a_file_by_its_name(void)
{
    char path[] = "/tmp/nf9-input-XXXXXX";
    int fd = mkstemp(path);
    nf9_input in;
    uint8_t buf[10];
    size_t got;

    check_case("file");
    if (!CHECK(fd >= 0))
        return;
    CHECK(write(fd, "12345678901", 11) == 11);
    close(fd);
    CHECK_STATUS(nf9_input_file(&in, path), NF9_OK);
    CHECK_STATUS(in.read(&in, buf, sizeof buf, &got), NF9_OK);
    CHECK_UINT(got, 10);
    CHECK_STATUS(in.read(&in, buf, sizeof buf, &got), NF9_OK);
    CHECK_UINT(got, 1);
    CHECK_STATUS(in.read(&in, buf, sizeof buf, &got), NF9_END);
    fd = in.fd;
    nf9_input_close(&in);
    CHECK(fcntl(fd, F_GETFD) == -1);
    nf9_input_close(&in);
    unlink(path);
    check_case("no file");
    CHECK_STATUS(nf9_input_file(&in, path), NF9_ERR_INPUT);
    CHECK_INT(in.system_error, ENOENT);
    nf9_input_close(&in);
    check_case("a folder");
    CHECK_STATUS(nf9_input_file(&in, "/tmp"), NF9_OK);
    CHECK_STATUS(in.read(&in, buf, sizeof buf, &got), NF9_ERR_INPUT);
    CHECK_INT(in.system_error, EISDIR);
    nf9_input_close(&in);
}

/* A datagram without an octet is no end; a failed read loses nothing. */
static void datagrams_of_a_socket(void)
{
    int ends[2];
    nf9_input in;
    nf9_stream_packet p;

    check_case("socket");
    if (!CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0))
        return;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    nf9_input_fd(&in, ends[0]);
    nf9_packet_stream *s = nf9_packet_stream_new(&in, NF9_FRAMING_DATAGRAM, 100, NULL);
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_AGAIN);
    CHECK(send(ends[1], "abc", 3, 0) == 3);
    CHECK(send(ends[1], "", 0, 0) == 0);
    CHECK(send(ends[1], "de", 2, 0) == 2);
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_OK);
    CHECK_OCTETS(p.bytes, "616263");
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_OK);
    CHECK_UINT(p.bytes.len, 0);
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_OK);
    CHECK_OCTETS(p.bytes, "6465");
    CHECK_UINT(p.offset, 3);
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_AGAIN);
    close(ends[0]);
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_ERR_INPUT);
    CHECK_INT(in.system_error, EBADF);
    nf9_packet_stream_free(s);
    close(ends[1]);
}

int main(void)
{
    memory_in_pieces();
    a_pipe_gives_what_is_there();
    a_signal_does_not_end_a_read();
    a_file_by_its_name();
    datagrams_of_a_socket();
    return check_end();
}
