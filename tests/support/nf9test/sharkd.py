# SPDX-License-Identifier: MIT
"""Talks to sharkd, which does to libwireshark what Wireshark's window does."""

import json
import subprocess
import tempfile


class Sharkd:
    """One sharkd process; calling the object is calling a JSON-RPC method.

    `judge(command, status, stderr)` decides at the end whether the run was clean.
    """

    def __init__(self, command, judge):
        self._judge = judge
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=self._errors, encoding='utf-8',
                                         errors='replace', cwd='/')
        self._last = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.close()

    def __call__(self, method, **params):
        self._last += 1
        request = {'jsonrpc': '2.0', 'id': self._last, 'method': method}
        if params:
            request['params'] = params
        try:
            # Its JSON reader does not know \u.
            self._process.stdin.write(json.dumps(request, ensure_ascii=False) + '\n')
            self._process.stdin.flush()
        except BrokenPipeError:
            pass                        # the answer is then missing: said below
        answer = self._process.stdout.readline()
        if not answer:
            self.close()
            raise AssertionError('sharkd ended during %s' % method)
        answer = json.loads(answer)
        if answer.get('id') != self._last or 'error' in answer:
            raise AssertionError('sharkd: %s: %r' % (method, answer))
        return answer['result']

    def close(self):
        """Ends sharkd; a finding that it left on standard error raises."""
        if self._process is None:
            return
        process, self._process = self._process, None
        try:
            process.stdin.close()
        except BrokenPipeError:
            pass
        process.stdout.close()
        try:
            status = process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            status = -9
        self._errors.seek(0)
        self._judge(process.args, status, self._errors.read().decode('utf-8', 'replace'))
        self._errors.close()
