/* SPDX-License-Identifier: MIT
 *
 * input.c: octets from memory and from file descriptors.  Nothing else of the codec knows the
 * system's errors.
 */
#include <errno.h>
#include <fcntl.h>
#include <nf9/stream.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static nf9_status read_memory(nf9_input *input, uint8_t *buf, size_t cap, size_t *got)
{
    size_t n = input->memory.len < cap ? input->memory.len : cap;

    if (n == 0)
        return NF9_END;
    memcpy(buf, input->memory.data, n);
    input->memory.data += n;
    input->memory.len -= n;
    *got = n;
    return NF9_OK;
}

/* Whether no octet means a datagram without any, not the end. */
static bool is_datagram_socket(int fd)
{
    int type = 0;
    socklen_t size = sizeof type;

    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
           (type == SOCK_DGRAM || type == SOCK_SEQPACKET);
}

static nf9_status read_fd(nf9_input *input, uint8_t *buf, size_t cap, size_t *got)
{
    ssize_t n;

    do
        n = read(input->fd, buf, cap);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return NF9_AGAIN;
        input->system_error = errno;
        return NF9_ERR_INPUT;
    }
    *got = (size_t)n;
    return n > 0 || is_datagram_socket(input->fd) ? NF9_OK : NF9_END;
}

void nf9_input_memory(nf9_input *input, nf9_bytes octets)
{
    *input = (nf9_input){ .read = read_memory, .memory = octets, .fd = -1 };
}

void nf9_input_fd(nf9_input *input, int fd)
{
    *input = (nf9_input){ .read = read_fd, .fd = fd };
}

nf9_status nf9_input_file(nf9_input *input, const char *path)
{
    nf9_input_fd(input, open(path, O_RDONLY | O_CLOEXEC));
    if (input->fd < 0) {
        input->system_error = errno;
        return NF9_ERR_INPUT;
    }
    input->owned = true;
    return NF9_OK;
}

void nf9_input_close(nf9_input *input)
{
    if (!input->owned)
        return;
    close(input->fd);
    input->owned = false;
    input->fd = -1;
}
